"""The analyst's desk: runs, themes, voices, and the draft of an outcome."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Person
from analysis import queries, services
from analysis.forms import NameForm, ThemeChoiceForm
from analysis.models import Run, Theme
from consultations.models import Consultation, Contribution
from consultations.permissions import can_analyse
from foundation import clock
from foundation.errors import PortalError

VOICES_A_PAGE = 25


def _me(request: HttpRequest, consultation: Consultation) -> Person:
    """The analyst who asks; anybody else is turned away."""
    if not can_analyse(request.user, consultation.agency_id) or not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def _run(request: HttpRequest, key: object) -> tuple[Run, Person]:
    run = get_object_or_404(Run.objects.select_related("consultation__agency"), key=key)
    return run, _me(request, run.consultation)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Closed consultations of the agencies for which one analyses, what has no answer yet in front."""
    if not isinstance(request.user, Person) or not queries.has_desk(request.user):
        raise PermissionDenied
    q = request.GET.get("q", "").strip().replace("\x00", "")[:200]
    rows = queries.consultations_for(request.user, clock.now(), q=q).prefetch_related("runs")
    page = Paginator(rows, VOICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "analysis/index.html", {"page": page, "q": q})


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for another run."""
    consultation = get_object_or_404(Consultation, pk=pk)
    by = _me(request, consultation)
    try:
        services.ask_for_run(
            consultation, engine=request.POST.get("engine", "themes"), by=by, now=clock.now()
        )
        messages.success(request, _("The run begins within a minute."))
    except PortalError as error:
        messages.error(request, str(error))
    return redirect("analysis_index")


@require_GET
def run(request: HttpRequest, key: str) -> HttpResponse:
    """One run: its themes with their closest voices, its counts, and the way to a draft."""
    found, _by = _run(request, key)
    themes = list(queries.themes_of(found))
    context = {
        "run": found,
        "themes": themes,
        "findings": found.findings.select_related("question"),
        "unread": queries.unread(found).count() if found.engine != services.COUNTING else 0,
        "misplaced": queries.misplaced_quotes(found),
    }
    return render(request, "analysis/run.html", context)


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """One theme: rename, merge, drop, and its voices."""
    row = get_object_or_404(Theme.objects.select_related("run__consultation__agency"), key=key)
    by = _me(request, row.run.consultation)
    others = queries.themes_of(row.run).exclude(pk=row.pk)
    form = NameForm(
        request.POST if request.POST.get("act") == "rename" else None,
        initial={"label": row.label, "summary": row.summary},
    )
    if request.method == "POST":
        try:
            if _change(request, row, form, by):
                messages.success(request, _("Saved."))
                return redirect("analysis_run", row.run.key)
        except PortalError as error:
            messages.error(request, str(error))
    page = Paginator(queries.voices_of(row), VOICES_A_PAGE).get_page(request.GET.get("page"))
    context = {"theme": row, "form": form, "others": others, "page": page, "run": row.run}
    return render(request, "analysis/theme.html", context)


def _change(request: HttpRequest, row: Theme, form: NameForm, by: Person) -> bool:
    act = request.POST.get("act")
    if act == "rename":
        if not form.is_valid():
            return False
        services.rename(row, by=by, **form.cleaned_data)
    elif act == "merge":
        services.merge(row, into=get_object_or_404(Theme, key=request.POST.get("into"), run=row.run), by=by)
    elif act == "drop":
        services.drop(row, by=by, now=clock.now())
    else:
        return False
    return True


@require_http_methods(["GET", "POST"])
def voice(request: HttpRequest, key: str, contribution: str) -> HttpResponse:
    """One voice in full, and as what it is read."""
    found, by = _run(request, key)
    words = get_object_or_404(
        Contribution.objects.readable(), key=contribution, consultation=found.consultation
    )
    form = ThemeChoiceForm(request.POST or None, themes=queries.themes_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(words, run=found, to=form.cleaned_data["theme"], by=by)
            messages.success(request, _("Read as you say."))
            tell_of_quotes(request, found)
            return redirect("analysis_run", found.key)
        except PortalError as error:
            messages.error(request, str(error))
    current = Theme.objects.filter(run=found, codings__contribution=words, dropped_at__isnull=True)
    return render(
        request, "analysis/voice.html", {"run": found, "voice": words, "form": form, "current": current}
    )


def tell_of_quotes(request: HttpRequest, run: Run) -> None:
    """A draft's words are its writers': a quote that a correction leaves behind is told of, and stands in the run."""
    if queries.misplaced_quotes(run):
        messages.warning(
            request,
            _(
                "A draft of the outcome quotes words under a theme as which they are not read any more. The run names "
                "each of them."
            ),
        )


@require_GET
def unread(request: HttpRequest, key: str) -> HttpResponse:
    """Voices that stand in no theme."""
    found, _by = _run(request, key)
    page = Paginator(queries.unread(found), VOICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "analysis/unread.html", {"run": found, "page": page})


@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Drafts an outcome of the run's themes and opens it in the editor."""
    found, by = _run(request, key)
    try:
        page = services.draft(found, by=by, now=clock.now())
    except PortalError as error:
        messages.error(request, str(error))
        return redirect("analysis_run", found.key)
    messages.success(request, _("The draft is there. Its decision is empty until an officer writes it."))
    return redirect("wagtailadmin_pages:edit", page.pk)

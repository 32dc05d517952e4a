"""The analyst's desk: authors who meant something else than they were read as. Nobody's name or number is here."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Person
from analysis import queries, read_backs
from analysis.forms import KeepForm, ThemeChoiceForm
from analysis.models import ReadBack
from analysis.views.desk import VOICES_A_PAGE, tell_of_quotes
from consultations.permissions import can_analyse
from foundation import clock
from foundation.errors import PortalError


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All that wait, the oldest first."""
    if not isinstance(request.user, Person) or not queries.has_desk(request.user):
        raise PermissionDenied
    page = Paginator(queries.read_backs_for(request.user), VOICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "analysis/read_backs.html", {"page": page})


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """What was said, as what it was read, what its author meant; read it otherwise, or say why not."""
    rows = ReadBack.objects.select_related("theme__run", "response__consultation", "read_as")
    row = get_object_or_404(rows, key=key)
    by = request.user
    if not isinstance(by, Person) or not can_analyse(by, row.response.consultation.agency_id):
        raise PermissionDenied
    act = request.POST.get("act", "")
    others = queries.themes_of(row.theme.run).exclude(pk=row.theme_id)
    choose = ThemeChoiceForm(request.POST if act == "correct" else None, themes=others)
    keep = KeepForm(request.POST if act == "keep" else None)
    try:
        if _done(row, choose, keep, by):
            messages.success(request, _("Settled. Its author reads it on the voice's own page."))
            tell_of_quotes(request, row.theme.run)
            return redirect("analysis_read_backs")
    except PortalError as error:
        messages.error(request, str(error))
    context = {
        "row": row,
        "waits": queries.read_backs_for(by).filter(pk=row.pk).exists(),
        "released": row.response.consultation.answered_at is not None,
        "said": queries.words_read(row),
        "choose": choose,
        "keep": keep,
    }
    return render(request, "analysis/read_back_desk.html", context)


def _done(row: ReadBack, choose: ThemeChoiceForm, keep: KeepForm, by: Person) -> bool:
    now = clock.now()
    if choose.is_bound and choose.is_valid():
        read_backs.correct(row, to=choose.cleaned_data["theme"], by=by, now=now)
        return True
    if keep.is_bound and keep.is_valid():
        read_backs.keep(row, answer=keep.cleaned_data["answer"], by=by, now=now)
        return True
    return False

"""Propose an idea: type it, look at similar ones, put it on record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Person
from consultations.models import Question
from consultations.queries import listed, spec_for
from foundation import clock
from foundation.errors import BadInput, NotAllowed, PortalError, WrongState
from ideas import queries, services, wording
from ideas.forms import IdeaForm, fresh_key
from ideas.similar import similar
from ideas.views import gate, ways
from ideas.views.rows import rows


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Where one can suggest something now; straight on when there is one place only."""
    questions = list(queries.asking(clock.now()))
    if len(questions) == 1:
        return redirect("ideas:propose", questions[0].pk)
    found = {
        row.consultation.pk: row
        for row in listed({q.consultation for q in questions}, get_language() or "", request)
    }
    context = {
        "crumbs": ways.crumbs(_("Suggest an idea"), below=True),
        "places": [(question, found[question.consultation_id]) for question in questions],
    }
    return render(request, "ideas/choose.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, question: int) -> HttpResponse:
    """Step 1 asks for the words, step 2 shows similar ideas with the words kept, then they are sent.

    `step` is `look` (default), `edit` or `send`; `instead` names a similar idea that is supported in place of
    sending one's own.
    """
    asked = get_object_or_404(
        Question.objects.select_related("consultation__agency", "phase"), pk=question, instrument="ideas"
    )
    person = gate.reader(request)
    if request.method != "POST":
        return _begin(request, asked)
    form = IdeaForm(request.POST, categories=_categories(asked))
    if person is None:
        return _form(request, asked, form, sign_in=ways.to_sign_in(request))
    if request.POST.get("instead"):
        return _instead(request, person, request.POST["instead"])
    if not form.is_valid():
        return _form(request, asked, form)
    if request.POST.get("step") == "edit":
        return _form(request, asked, IdeaForm(initial=_typed(request), categories=_categories(asked)))
    if request.POST.get("step") != "send":
        return _look(request, asked, form)
    return _send(request, asked, form, person)


def _begin(request: HttpRequest, asked: Question) -> HttpResponse:
    person = gate.reader(request)
    if person is None:
        return redirect(ways.to_sign_in(request))
    now = clock.now()
    refusal = gate.refusal(person, asked.consultation)
    if not refusal and not (
        asked.consultation.is_open(now) and asked.phase.is_open(now) and asked.retired_at is None
    ):
        refusal = gate.closed_words(asked.consultation, now)
    form = IdeaForm(initial={"request_key": fresh_key()}, categories=_categories(asked))
    return _form(request, asked, form, refusal=refusal)


def _categories(asked: Question) -> list[tuple[str, str]]:
    """Those among which one may choose, with their words in the reader's language."""
    labels = spec_for(asked, get_language() or "").words.get("options", {})
    return [(key, labels[key]) for key in queries.open_categories(asked) if labels.get(key)]


def _typed(request: HttpRequest) -> dict[str, str]:
    names = ("title", "text", "tags", "category", "request_key")
    return {name: request.POST.get(name, "") for name in names}


def _look(request: HttpRequest, asked: Question, form: IdeaForm) -> HttpResponse:
    """Similar ideas, closest first, each with a button to support it instead; below them one's own words."""
    now = clock.now()
    words = f"{form.cleaned_data['title']} {form.cleaned_data['text']}"
    typed_in = wording.written_in(words, get_language() or "")
    near = [idea.contribution for idea in similar(words, asked.consultation, typed_in)]
    context = _about(request, asked) | {
        "typed": _typed(request),
        "typed_in": typed_in,
        "tags": form.cleaned_data["tags"],
        "category": dict(_categories(asked)).get(form.cleaned_data.get("category", ""), ""),
        "near": list(zip(near, rows(near, now), strict=True)),
        "supported": queries.supported_by(request.user, [contribution.pk for contribution in near]),
    }
    return render(request, "ideas/look.html", context)


def _send(request: HttpRequest, asked: Question, form: IdeaForm, person: Person) -> HttpResponse:
    try:
        came = services.propose(
            asked,
            person=person,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            tags=form.cleaned_data["tags"],
            category=form.cleaned_data.get("category", ""),
            request_key=form.cleaned_data["request_key"],
            language=get_language() or "en",
            now=clock.now(),
        )
    except (BadInput, NotAllowed, WrongState) as error:
        form.add_error(None, str(error))
        return _form(request, asked, form, status=error.status)
    messages.success(
        request, _("Thank you. Your idea is on record. Keep this receipt: %(code)s") % {"code": came.receipt}
    )
    return redirect(ways.to_voice(came.receipt))


def _instead(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    now = clock.now()
    try:
        contribution = gate.fetch(gate.UUID(key), now)
    except ValueError:
        raise BadInput(_("This form is broken. Load the page again, please.")) from None
    try:
        services.support(contribution, person=person, now=now)
        messages.success(request, _("You support this idea instead of sending your own."))
    except PortalError as error:
        messages.warning(request, str(error))
    return redirect(ways.to(contribution))


def _about(request: HttpRequest, asked: Question) -> dict[str, object]:
    language = get_language() or ""
    return {
        "question": asked,
        "spec": spec_for(asked, language),
        "subject": listed([asked.consultation], language, request)[0],
        "crumbs": ways.crumbs(_("Suggest an idea"), below=True),
        "hours": asked.consultation.agency.moderation_hours,
        "before": asked.consultation.moderation == "before",
    }


def _form(
    request: HttpRequest,
    asked: Question,
    form: IdeaForm,
    *,
    refusal: str = "",
    sign_in: str = "",
    status: int = 200,
) -> HttpResponse:
    context = _about(request, asked) | {"form": form, "refusal": refusal, "sign_in": sign_in}
    return render(request, "ideas/propose.html", context, status=status)

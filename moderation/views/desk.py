"""The moderators' desk: what waits, one case, and what can be done with it. It works without scripts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Agency, Person
from consultations.models import Contribution
from consultations.queries import spec_for
from foundation import clock
from foundation.desk import numbers
from foundation.errors import PortalError
from moderation import queries, reasons, services
from moderation.forms import DeskForm
from moderation.models import Alarm, Case, Review
from moderation.permissions import agencies_seen, can_decide, can_look, is_ombuds
from moderation.queries.desk import DECIDED
from moderation.screens import screens
from moderation.views.marks import pieces, seen

PAGE = 50
Words = str | Promise
SAID: dict[str, Words] = {
    "publish": gettext_lazy("Decided: it is shown."),
    "reject": gettext_lazy("Decided: it is not shown. The author is told why."),
    "hold": gettext_lazy("Held for a colleague."),
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Cases of one's agencies, the first promised first, with filters; on top what may be a danger to life."""
    agencies, form, wanted = asked_for(request)
    now = clock.now()
    page = Paginator(queries.desk(agencies, now, **wanted), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    for name in ("page", "pick"):
        kept.pop(name, None)
    context = {
        "form": form,
        "page": page,
        "kept": kept.urlencode(),
        "lines": [_line(case, request.user, now) for case in page],
        "reads_only": is_ombuds(request.user),
        "alarms": list(queries.alarms(agencies)[:PAGE]),
        "picked": request.GET.get("pick") == "all",
        "chosen": numbers(request.GET.getlist("pick")),
        "reasons": reasons.offered(),
        "waits": wanted.get("state", "") not in DECIDED,
    }
    return render(request, "moderation/desk/index.html", context)


def asked_for(request: HttpRequest) -> "tuple[QuerySet[Agency], DeskForm, dict[str, str]]":
    """Whose desk it is, and what narrows its list. Nobody else gets in."""
    agencies = agencies_seen(request.user)
    if not agencies:
        raise PermissionDenied
    form = DeskForm(request.GET, agencies=agencies)
    return agencies, form, form.cleaned_data if form.is_valid() else {}


def _line(case: Case, person: Any, now: datetime) -> dict[str, Any]:
    contribution = case.contribution
    return {
        "case": case,
        "kind": contribution.get_kind_display(),
        "text": short(contribution),
        "language": contribution.language,
        "held_by": [screens[key].label if key in screens else key for key in case.screens],
        "flags": getattr(case, "flags", 0),
        "alarmed": getattr(case, "alarmed", False),
        "late": case.is_late(now),
        "with": case.claimed_by if case.is_held_by_another(0, now) else None,
        "mine": case.claimed_by_id == person.pk,
    }


def short(contribution: Contribution) -> str:
    """The first words, with signs shown that cannot be seen."""
    return seen(" ".join(contribution.text.split())[:160]) or _("(no words)")


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the words with what was found in them, where they were said, and what can be done."""
    found = _fetch(request, pk)
    now = clock.now()
    contribution = found.contribution
    seen_by_screens = services.findings(contribution)
    decisions = list(found.decisions.all())
    names = Person.objects.in_bulk([decision.by for decision in decisions])
    may = can_decide(request.user, found)
    taken = found.is_held_by_another(request.user.pk or 0, now)
    context = {
        "case": found,
        "contribution": contribution,
        "pieces": pieces(contribution.text, seen_by_screens),
        "answer": _answer(contribution),
        "whole": [str(finding.note) for finding in seen_by_screens if finding.end == 0],
        "above": seen(contribution.parent.text) if contribution.parent else "",
        "spec": spec_for(contribution.question, get_language() or "") if contribution.question else None,
        "decisions": [
            (d, names.get(d.by), reasons.words_of(d.reason) if d.reason else "") for d in decisions
        ],
        "reasons": reasons.offered(),
        "late": found.is_late(now),
        "taken": taken,
        "own": contribution.participant.person_id == request.user.pk,
        "may": may,
        "mine": found.claimed_by_id == request.user.pk and not taken and found.state == Case.State.CLAIMED,
        "waits": found.state in Case.State.waiting(),
        "decided": found.state == Case.State.DECIDED,
        "state_reason": reasons.words_of(contribution.reason) if contribution.reason else "",
        "flags": _flags(contribution),
        "alarm": Alarm.objects.unanswered().filter(contribution=contribution).first(),
        "reversed": Review.objects.reversals().filter(contribution=contribution).last(),
    }
    return render(request, "moderation/desk/case.html", context)


def _answer(contribution: Contribution) -> str:
    return "" if contribution.answer is None else seen(str(contribution.answer))[:2000]


def _flags(contribution: Contribution) -> dict[str, Any]:
    """What readers flagged it for, and what they said to it; never who they are."""
    counts = contribution.flags.order_by().values_list("reason").annotate(n=Count("pk"))
    return {
        "reasons": [(reasons.words_of(code), n) for code, n in sorted(counts, key=lambda row: -row[1])],
        "words": list(contribution.flags.exclude(words="").order_by("-pk").values("words", "language")[:20]),
    }


def _fetch(request: HttpRequest, pk: int) -> Case:
    found = queries.case_of(pk)
    if found is None:
        raise Http404
    if not can_look(request.user, found):
        raise PermissionDenied
    return found


Do = Callable[[Case, Person, datetime], object]


def _do(request: HttpRequest, pk: int, do: Do, said: Words) -> tuple[Case, bool]:
    """Does something with a case and says how it went; what went wrong is said in words on the case's page."""
    found = _fetch(request, pk)
    if not isinstance(request.user, Person):
        raise PermissionDenied
    try:
        do(found, request.user, clock.now())
    except PortalError as error:
        messages.error(request, str(error))
        return found, False
    messages.success(request, str(said))
    return found, True


def _button(do: Do, said: Words, *, back_to_desk: bool = False) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view for a button on a case's page: it does one thing, says it, and leads on."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        _do(request, pk, do, said)
        return redirect("moderation_desk") if back_to_desk else redirect("moderation_case", pk)

    return view


claim = _button(
    lambda found, by, now: services.claim(found, by=by, now=now),
    gettext_lazy("It is in your hands for half an hour."),
)
release = _button(
    lambda found, by, now: services.release(found, by=by, now=now),
    gettext_lazy("It is back on the desk for your colleagues."),
    back_to_desk=True,
)
reopen = _button(
    lambda found, by, now: services.reopen(found, by=by, now=now),
    gettext_lazy("It is open again. The earlier decision stays on record."),
)
danger = _button(
    lambda found, by, now: services.raise_by_moderator(found, by=by, now=now),
    gettext_lazy("Whoever is on duty is told now. Decide on the words as usual."),
)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide, and go on to the next case."""
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")

    def do(found: Case, by: Person, now: datetime) -> object:
        return services.decide(found, by=by, verdict=verdict, reason=reason, now=now)

    found, done = _do(request, pk, do, SAID.get(verdict, ""))
    if not done:
        return redirect("moderation_case", pk)
    following = queries.after(found, agencies_seen(request.user), clock.now(), request.user)
    return redirect("moderation_case", following.pk) if following else redirect("moderation_desk")

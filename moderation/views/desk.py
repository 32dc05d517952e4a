"""The moderators' desk: what waits, one case, and what can be done with it. It works without scripts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Person
from consultations.models import Contribution
from consultations.queries import spec_for
from foundation import clock
from foundation.errors import PortalError
from moderation import queries, reasons, services
from moderation.forms import DeskForm
from moderation.models import Case
from moderation.permissions import agencies_seen, can_decide, can_look, is_ombuds
from moderation.screens import screens
from moderation.views.marks import pieces, seen

PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Cases of one's agencies, the first promised first, with filters."""
    agencies = agencies_seen(request.user)
    if not agencies:
        raise PermissionDenied
    now = clock.now()
    form = DeskForm(request.GET, agencies=agencies)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.desk(agencies, now, **wanted), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "kept": kept.urlencode(),
        "lines": [_line(case, request.user, now) for case in page],
        "reads_only": is_ombuds(request.user),
    }
    return render(request, "moderation/desk/index.html", context)


def _line(case: Case, person: Any, now: Any) -> dict[str, Any]:
    contribution = case.contribution
    return {
        "case": case,
        "kind": contribution.get_kind_display(),
        "text": seen(" ".join(contribution.text.split())[:160]) or _("(no words)"),
        "language": contribution.language,
        "held_by": [screens[key].label if key in screens else key for key in case.screens],
        "late": case.is_late(now),
        "with": case.claimed_by if case.is_held_by_another(0, now) else None,
        "mine": case.claimed_by_id == person.pk,
    }


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
    }
    return render(request, "moderation/desk/case.html", context)


def _answer(contribution: Contribution) -> str:
    return "" if contribution.answer is None else seen(str(contribution.answer))[:2000]


def _fetch(request: HttpRequest, pk: int) -> Case:
    found = queries.case_of(pk)
    if found is None:
        raise Http404
    if not can_look(request.user, found):
        raise PermissionDenied
    return found


def _do(request: HttpRequest, pk: int, act: Callable[[Case, Person], str]) -> tuple[Case, bool]:
    """Does something with a case and says how it went; what went wrong is said in words on the case's page."""
    found = _fetch(request, pk)
    if not isinstance(request.user, Person):
        raise PermissionDenied
    try:
        messages.success(request, act(found, request.user))
    except PortalError as error:
        messages.error(request, str(error))
        return found, False
    return found, True


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case."""

    def act(found: Case, person: Person) -> str:
        services.claim(found, by=person, now=clock.now())
        return _("It is in your hands for half an hour.")

    _do(request, pk, act)
    return redirect("moderation_case", pk)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case back."""

    def act(found: Case, person: Person) -> str:
        services.release(found, by=person, now=clock.now())
        return _("It is back on the desk for your colleagues.")

    _do(request, pk, act)
    return redirect("moderation_desk")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide once more."""

    def act(found: Case, person: Person) -> str:
        services.reopen(found, by=person, now=clock.now())
        return _("It is open again. The earlier decision stays on record.")

    _do(request, pk, act)
    return redirect("moderation_case", pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide, and go on to the next case."""
    said = {
        "publish": _("Decided: it is shown."),
        "reject": _("Decided: it is not shown. The author is told why."),
        "hold": _("Held for a colleague."),
    }

    def act(found: Case, person: Person) -> str:
        decision = services.decide(
            found,
            by=person,
            verdict=request.POST.get("verdict", ""),
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
        return said[decision.verdict]

    found, done = _do(request, pk, act)
    if not done:
        return redirect("moderation_case", pk)
    following = queries.after(found, agencies_seen(request.user), clock.now(), request.user)
    return redirect("moderation_case", following.pk) if following else redirect("moderation_desk")

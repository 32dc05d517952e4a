"""What must be seen, the desk, and what was said before."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length, Substr

from accounts.models import Agency
from consultations.models import Consultation, Contribution
from moderation.models import Alarm, Case, CaseQuerySet, Flag
from moderation.screens import Earlier
from moderation.screens.repeats import LONGEST, MOST

State = Contribution.State
SOON = timedelta(hours=4)


def must_be_seen(contribution: Contribution) -> bool:
    """Does a moderator have to read this? Official and seeded words, imports and what is only counted: no."""
    if contribution.official or contribution.seeded or contribution.response.batch_id is not None:
        return False
    return contribution.state in State.awaiting_decision() or contribution.state == State.PUBLISHED


def find_missing(now: datetime) -> "QuerySet[Contribution]":
    """Words that a moderator must see and for which no case is there: the nudge was lost. The oldest first."""
    afterwards = Q(consultation__moderation=Consultation.Moderation.AFTER, state=State.PUBLISHED)
    waiting = Contribution.objects.filter(
        afterwards | Q(state__in=State.awaiting_decision()), case__isnull=True
    )
    came_in = waiting.filter(official=False, seeded=False, response__batch__isnull=True, received_at__lte=now)
    return came_in.order_by("received_at", "pk")


def said_before(contribution: Contribution) -> tuple[Earlier, ...]:
    """What was said before in the same consultation and is about as long, newest first; bounded."""
    length = len(contribution.text)
    around = Contribution.objects.filter(
        consultation=contribution.consultation_id, pk__lt=contribution.pk
    ).exclude(state=State.WITHDRAWN)
    if length < LONGEST:
        around = around.annotate(length=Length("text")).filter(
            length__gte=length * 6 // 10, length__lte=length * 17 // 10
        )
    found = around.order_by("-pk").values_list(Substr("text", 1, LONGEST), "participant_id")[:MOST]
    return tuple(Earlier(text, writer == contribution.participant_id) for text, writer in found)


def desk(agencies: "QuerySet[Agency]", now: datetime, **wanted: str) -> CaseQuerySet:
    """Cases of these agencies, the first promised first, with all that a line shows. `wanted` narrows it:

    `q` words, a pseudonym or a case's number · `state` one of `published`, `rejected`, `decided` or `flagged`, else
    what waits · `kind` of contribution · `reason` under which it stands now · `held_by` a screen's key, `any` or
    `none` · `age` `late`, `soon` (due within four hours) or `day` (waits for longer than a day) · `agency` its slug.
    """
    state, agency = wanted.get("state", ""), wanted.get("agency", "")
    found = _in_state(Case.objects.filter(agency__in=agencies), state)
    if agency:
        found = found.filter(agency__slug=agency)
    if wanted.get("kind"):
        found = found.filter(contribution__kind=wanted["kind"])
    if wanted.get("reason"):
        found = found.filter(contribution__reason=wanted["reason"])
    found = _of_age(_held_by(found, wanted.get("held_by", "")), wanted.get("age", ""), now)
    if wanted.get("q"):
        found = _searched(found, wanted["q"].strip())
    order = ["-decided_at", "-pk"] if state in DECIDED else ["due_at", "pk"]
    alarmed = Alarm.objects.unanswered().filter(contribution=OuterRef("contribution"))
    flags = Flag.objects.filter(contribution=OuterRef("contribution")).order_by().values("contribution")
    found = found.annotate(
        alarmed=Exists(alarmed), flags=Coalesce(Subquery(flags.annotate(n=Count("pk")).values("n")), 0)
    )
    return found.select_related(
        "agency", "claimed_by", "contribution__participant", "contribution__consultation"
    ).order_by(*order)


DECIDED = ("decided", "published", "rejected")


def _in_state(found: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == "flagged":
        return found.waiting().flagged()
    if state not in DECIDED:
        return found.waiting()
    found = found.filter(state=Case.State.DECIDED)
    return found if state == "decided" else found.filter(contribution__state=state)


def _held_by(found: CaseQuerySet, screen: str) -> CaseQuerySet:
    if screen == "none":
        return found.filter(held_by="")
    if screen == "any":
        return found.exclude(held_by="")
    return found.held(screen) if screen else found


def _of_age(found: CaseQuerySet, age: str, now: datetime) -> CaseQuerySet:
    if age == "late":
        return found.late(now)
    if age == "soon":
        return found.filter(due_at__lt=now + SOON)
    return found.overlong(now) if age == "day" else found


def _searched(found: CaseQuerySet, words: str) -> CaseQuerySet:
    number = words.lstrip("#")
    if number.isdecimal() and len(number) < 16:
        return found.filter(pk=int(number))
    near = Q(contribution__text__icontains=words) | Q(contribution__participant__pseudonym__icontains=words)
    return found.filter(near | Q(contribution__consultation__title__icontains=words))


def case_of(pk: int) -> Case | None:
    """A case with all that its page shows."""
    rows = Case.objects.select_related(
        "agency",
        "claimed_by",
        "contribution__participant",
        "contribution__consultation",
        "contribution__question",
        "contribution__response",
        "contribution__parent__participant",
    )
    return rows.filter(pk=pk).first()


def after(case: Case, agencies: "QuerySet[Agency]", now: datetime, person: Any) -> Case | None:
    """The next free case for this person, the first promised first."""
    free = desk(agencies, now).free(now).exclude(pk=case.pk)
    return free.exclude(contribution__participant__person=person).first()

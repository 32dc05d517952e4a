"""What is asked about one contribution: its flags, its appeals, and what comes next to the ombuds moderator."""

from datetime import datetime

from django.db.models import Q, QuerySet

from consultations.models import Contribution
from moderation.models import Case, Flag, Review

State = Contribution.State
NOBODY_DECIDED = ("gone_at_origin", "person_erased", "not_in_source", "empty_in_source")
"""Reasons under which something goes without a moderator: there is no decision to appeal against."""


def flags_since(contribution: Contribution, case: Case | None) -> int:
    """How many readers flagged it since it was decided last."""
    found = Flag.objects.filter(contribution=contribution)
    if case is not None and case.decided_at is not None:
        found = found.filter(at__gt=case.decided_at)
    return found.count()


def flag_of(person: object, contribution: Contribution) -> Flag | None:
    """The flag that this person gave, if any."""
    key = getattr(person, "pk", None)
    return Flag.objects.filter(person_id=key, contribution=contribution).first() if key else None


def is_settled(contribution: int) -> bool:
    """Did the ombuds moderator reverse a decision about it? Then it is not the agency's to decide any more."""
    return Review.objects.reversals().filter(contribution=contribution).exists()


def appeal_against(contribution: Contribution) -> Review | None:
    """The appeal against how it stands now, if its author wrote one."""
    return Review.objects.appeals().filter(contribution=contribution, about=contribution.state).first()


def appeals_of(response: int) -> "QuerySet[Review]":
    """All appeals about the words of one response, the oldest first."""
    rows = Review.objects.appeals().filter(contribution__response=response)
    return rows.select_related("contribution").order_by("pk")


def can_be_appealed(contribution: Contribution, now: datetime) -> bool:
    """Is there a decision against it, or has it been held for longer than was promised?"""
    if contribution.state in (State.REJECTED, State.REMOVED):
        return bool(contribution.text) and contribution.reason not in NOBODY_DECIDED
    if contribution.state != State.HELD:
        return False
    case = Case.objects.filter(contribution=contribution).first()
    return case is None or case.due_at < now


def unscreened(now: datetime, since: datetime) -> "QuerySet[Contribution]":
    """Words that came in since then, open no case and have raised no alarm: the nudge may have been lost."""
    counted = Q(state=State.COUNTED, official=False, seeded=False, response__batch__isnull=True)
    rows = Contribution.objects.filter(counted, received_at__gt=since, received_at__lte=now, alarms=None)
    return rows.exclude(text="").select_related("consultation").order_by("pk")

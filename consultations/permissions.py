"""Who may do what in the hall: role **and** moment."""

from datetime import datetime
from typing import Any

from accounts.models import Agency
from accounts.queries import has_role, is_member
from accounts.roles import Role
from consultations.models import Consultation, Contribution, Question


def may_take_part(person: Any, consultation: Consultation) -> bool:
    """A member of the asking agency cannot answer, support, vote or comment as a citizen in its consultations."""
    return bool(person) and person.is_active and not is_member(person, consultation.agency_id)


def can_respond(person: Any, consultation: Consultation, now: datetime) -> bool:
    """May this person answer now?"""
    return consultation.is_open(now) and may_take_part(person, consultation)


def can_propose(person: Any, question: Question, now: datetime) -> bool:
    """May this person propose an idea to this question now?"""
    return (
        question.retired_at is None
        and question.phase.is_open(now)
        and can_respond(person, question.consultation, now)
    )


def can_support(person: Any, contribution: Contribution, now: datetime) -> bool:
    """May this person support this contribution now?"""
    return is_votable(contribution, now) and may_take_part(person, contribution.consultation)


def is_votable(contribution: Contribution, now: datetime) -> bool:
    """Is it an idea or comment that everybody can read, in a phase that is open?"""
    if (
        contribution.state != Contribution.State.PUBLISHED
        or not contribution.may_publish
        or contribution.official
    ):
        return False
    question = contribution.question
    if question is not None and not question.phase.is_open(now):
        return False
    return contribution.kind in (
        Contribution.Kind.IDEA,
        Contribution.Kind.COMMENT,
    ) and contribution.consultation.is_open(now)


def can_moderate(person: Any, agency: Agency | int) -> bool:
    """Moderators of the agency."""
    return has_role(person, agency, Role.MODERATOR)


def can_analyse(person: Any, agency: Agency | int) -> bool:
    """Analysts of the agency."""
    return has_role(person, agency, Role.ANALYST)


def can_write_pages(person: Any, agency: Agency | int) -> bool:
    """Editors of the agency."""
    return has_role(person, agency, Role.EDITOR)

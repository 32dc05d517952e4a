"""Who flags, who decides, who answers an alarm, who reviews, and who may look on."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Agency
from accounts.queries import agencies_of, has_role, is_member
from accounts.roles import Role
from consultations.models import Contribution
from consultations.permissions import can_moderate, may_take_part
from moderation.models import Case, Decision, Review

ANSWERS_ALARMS = (Role.DUTY_OFFICER, Role.MODERATOR)


def can_be_flagged(contribution: Contribution, now: datetime) -> bool:
    """Is it something that people said and everybody can read? Official words have other ways of complaint."""
    return Contribution.objects.visible(now).filter(pk=contribution.pk, official=False).exists()


def can_flag(person: Any, contribution: Contribution, now: datetime) -> bool:
    """Everybody who may take part as a citizen, and not their own words."""
    own = contribution.participant.person_id == getattr(person, "pk", 0)
    return not own and may_take_part(person, contribution.consultation) and can_be_flagged(contribution, now)


def can_decide(person: Any, case: Case) -> bool:
    """Moderators of the case's agency, and not on their own words."""
    return can_moderate(person, case.agency_id) and case.contribution.participant.person_id != person.pk


def can_look(person: Any, case: Case) -> bool:
    """Moderators of the agency; the ombuds of all."""
    return can_moderate(person, case.agency_id) or is_ombuds(person)


def can_answer(person: Any, agency: Agency | int) -> bool:
    """Whoever is on duty for the agency, and its moderators, answer an alarm."""
    return has_role(person, agency, *ANSWERS_ALARMS)


def can_type_in(person: Any, contribution: Contribution) -> bool:
    """Clerks of the agency type in what came to it on paper, and not about their own words."""
    own = contribution.participant.person_id == getattr(person, "pk", 0)
    return not own and has_role(person, contribution.consultation.agency_id, Role.CLERK)


def has_paper(person: Any) -> bool:
    """Is this person a clerk of some agency?"""
    return agencies_of(person, Role.CLERK).exists()


def is_ombuds(person: Any) -> bool:
    """The ombuds moderator at the centre reads every desk, decides reviews, and no case."""
    return has_role(person, None, Role.OMBUDS)


def can_review(person: Any, review: Review) -> bool:
    """The ombuds moderator: outside the agency, not about their own words, and not about a decision of theirs."""
    if not is_ombuds(person) or is_member(person, review.agency_id):
        return False
    if review.contribution.participant.person_id == person.pk:
        return False
    return not Decision.objects.filter(case__contribution=review.contribution_id, by=person.pk).exists()


def agencies_seen(person: Any) -> "QuerySet[Agency]":
    """The agencies whose desk this person may see."""
    if is_ombuds(person):
        return Agency.objects.order_by("name")
    return agencies_of(person, Role.MODERATOR).order_by("name")


def agencies_watched(person: Any) -> "QuerySet[Agency]":
    """The agencies whose alarms this person may see."""
    if is_ombuds(person):
        return Agency.objects.order_by("name")
    return agencies_of(person, *ANSWERS_ALARMS).order_by("name")


def has_desk(person: Any) -> bool:
    """Is there a desk at all for this person?"""
    return agencies_seen(person).exists()


def has_watch(person: Any) -> bool:
    """Are there alarms that this person may see?"""
    return agencies_watched(person).exists()

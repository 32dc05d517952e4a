"""Who decides, and who may look on."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import Agency
from accounts.queries import agencies_of, has_role
from accounts.roles import Role
from consultations.permissions import can_moderate
from moderation.models import Case


def can_decide(person: Any, case: Case) -> bool:
    """Moderators of the case's agency, and not on their own words."""
    return can_moderate(person, case.agency_id) and case.contribution.participant.person_id != person.pk


def can_look(person: Any, case: Case) -> bool:
    """Moderators of the agency; the ombuds of all."""
    return can_moderate(person, case.agency_id) or is_ombuds(person)


def is_ombuds(person: Any) -> bool:
    """The ombuds moderator at the centre reads every desk and decides on none."""
    return has_role(person, None, Role.OMBUDS)


def agencies_seen(person: Any) -> "QuerySet[Agency]":
    """The agencies whose desk this person may see."""
    if is_ombuds(person):
        return Agency.objects.order_by("name")
    return agencies_of(person, Role.MODERATOR).order_by("name")


def has_desk(person: Any) -> bool:
    """Is there a desk at all for this person?"""
    return agencies_seen(person).exists()

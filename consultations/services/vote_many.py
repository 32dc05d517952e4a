"""Many people's support at once, by the rules of one vote: for what is filled, not for what is asked of people."""

from collections.abc import Sequence
from datetime import datetime
from secrets import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import pseudonym
from accounts.models import Person
from accounts.queries import current
from consultations.models import Contribution, Participant, Vote, VoteEvent
from consultations.permissions import is_votable
from foundation import audit, clock
from foundation.errors import NotAllowed, WrongState

CHUNK = 500
SUPPORT = VoteEvent.Value.SUPPORT


def cast_many(contribution: Contribution, *, people: Sequence[Person], now: datetime) -> int:
    """Supports a contribution in the name of each of these people; gives how many had not done so before.

    All or nothing. The rules are those of `cast`: raises NotAllowed when one of them works for the asking agency,
    wrote it or has no active account, WrongState when it is not open for votes. Who voted on it before, for or taken
    back, stays as they stand. The counts come from the next roll-up.
    """
    with transaction.atomic():
        row = Contribution.objects.select_related("consultation", "question__phase", "participant").get(
            pk=contribution.pk
        )
        if not is_votable(row, clock.database_now()):
            raise WrongState(_("This is not open for support now."))
        _may(row, people)
        voters = _places(row, people, now)
        there = Vote.objects.filter(contribution=row, participant__in=voters)
        stand = set(there.values_list("participant_id", flat=True))
        fresh = [voter for voter in voters if voter.pk not in stand]
        Vote.objects.bulk_create(
            [Vote(contribution=row, participant=voter, value=SUPPORT) for voter in fresh], batch_size=CHUNK
        )
        VoteEvent.objects.bulk_create(
            [VoteEvent(contribution=row, participant=voter, value=SUPPORT) for voter in fresh],
            batch_size=CHUNK,
        )
        audit.write("vote.cast_many", by=None, thing=f"contribution:{row.pk}", votes=len(fresh))
    return len(fresh)


def _may(row: Contribution, people: Sequence[Person]) -> None:
    keys = [person.pk for person in people]
    if not all(person.is_active for person in people):
        raise NotAllowed(_("Only people with an account vote."))
    if current().filter(agency_id=row.consultation.agency_id, person_id__in=keys).exists():
        raise NotAllowed(_("You work for the agency that asks, so you cannot vote here."))
    if row.participant.person_id in keys:
        raise NotAllowed(_("These are your own words; they count already."))


def _places(row: Contribution, people: Sequence[Person], now: datetime) -> list[Participant]:
    """Everybody's place in the consultation, with new ones under fresh pseudonyms for those who have none."""
    places = Participant.objects.filter(consultation=row.consultation)
    found = {place.person_id: place for place in places.filter(person__in=people)}
    taken = set(places.values_list("pseudonym", flat=True))
    new: list[Participant] = []
    for person in people:
        if person.pk in found:
            continue
        found[person.pk] = Participant(
            consultation=row.consultation,
            person=person,
            pseudonym=_fresh(taken),
            level=1,
            language=person.language or row.language,
            joined_at=now,
        )
        new.append(found[person.pk])
    Participant.objects.bulk_create(new, batch_size=CHUNK)
    return list(found.values())


def _fresh(taken: set[str]) -> str:
    name = pseudonym.fresh(SystemRandom())
    while name in taken:
        name = pseudonym.fresh(SystemRandom())
    taken.add(name)
    return name

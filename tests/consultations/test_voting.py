"""One person, one vote, in the database; counts that are exact under any race."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from consultations.models import Contribution, Vote, VoteEvent
from consultations.services import cast
from foundation import clock
from foundation.errors import NotAllowed, WrongState
from tests.factories.consultations import open_response, published_idea, released_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(asha):
    return published_idea(released_consultation(), asha)


def rows(idea):
    return Vote.objects.filter(contribution=idea, value=1).count()


def test_the_same_request_is_counted_once(idea, ben):
    key = uuid.uuid4()
    first = cast(idea, person=ben, value=1, request_key=key, now=clock.now())
    again = cast(idea, person=ben, value=1, request_key=key, now=clock.now())
    late = cast(idea, person=ben, value=0, request_key=key, now=clock.now())
    assert (first.repeated, again.repeated, late.repeated, late.value) == (False, True, True, 1)
    assert VoteEvent.objects.count() == 1


def test_the_asking_agency_and_the_author_do_not_vote(idea, asha, esha, greta):
    for who in (asha, esha):
        with pytest.raises(NotAllowed):
            cast(idea, person=who, value=1, now=clock.now())
    cast(idea, person=greta, value=1, now=clock.now())
    assert rows(idea) == 1


@pytest.mark.parametrize("value", [-1, 2, 10**9])
def test_a_vote_is_support_or_nothing(idea, ben, value):
    with pytest.raises(NotAllowed):
        cast(idea, person=ben, value=value, now=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        VoteEvent.objects.create(contribution=idea, participant=idea.participant, value=value)


def test_nothing_is_counted_once_it_has_closed(idea, ben):
    phase = idea.question.phase
    type(phase).objects.filter(pk=phase.pk).update(closes_at=clock.database_now() - timedelta(seconds=1))
    with pytest.raises(WrongState):
        cast(idea, person=ben, value=1, now=clock.now() - timedelta(days=1))
    assert VoteEvent.objects.count() == 0


@pytest.mark.parametrize("state", ["pending", "held", "withdrawn"])
def test_only_what_can_be_read_can_be_supported(idea, ben, state):
    Contribution.objects.filter(pk=idea.pk).update(state=state)
    with pytest.raises(WrongState):
        cast(idea, person=ben, value=1, now=clock.now())


def test_the_database_refuses_changed_events_and_second_votes(idea, ben):
    cast(idea, person=ben, value=1, now=clock.now())
    event, vote = VoteEvent.objects.get(), Vote.objects.get()
    for change in (
        lambda: VoteEvent.objects.filter(pk=event.pk).update(value=0),
        lambda: event.delete(),
        lambda: Vote.objects.create(contribution=idea, participant=vote.participant, value=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_response_of_words_has_no_votes(asha, ben):
    consultation = released_consultation()
    response = open_response(consultation, asha).response
    words = response.contributions.exclude(text="").first()
    with pytest.raises(WrongState):
        cast(words, person=ben, value=1, now=clock.now())

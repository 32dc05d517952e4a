"""Many votes at once keep the rules of one vote."""

from datetime import timedelta

import pytest

from consultations.models import Contribution, Participant, Vote, VoteEvent
from consultations.services import cast, cast_many, roll_up
from foundation import clock
from foundation.errors import NotAllowed, WrongState
from tests.factories.consultations import published_idea, released_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(asha):
    return published_idea(released_consultation(), asha)


def test_each_counts_once_and_whoever_voted_before_stays_as_they_stand(idea, ben, chitra, greta):
    cast(idea, person=ben, value=1, now=clock.now())
    cast(idea, person=chitra, value=1, now=clock.now())
    cast(idea, person=chitra, value=0, now=clock.now())
    assert cast_many(idea, people=[ben, chitra, greta], now=clock.now()) == 1
    assert cast_many(idea, people=[ben, chitra, greta], now=clock.now()) == 0
    assert dict(Vote.objects.values_list("participant__person__pk", "value")) == {
        ben.pk: 1,
        chitra.pk: 0,
        greta.pk: 1,
    }
    assert VoteEvent.objects.count() == 4
    assert Participant.objects.filter(consultation=idea.consultation, person=greta).count() == 1
    assert VoteEvent.objects.filter(participant__person=greta).get().xid is not None


def test_one_who_may_not_vote_stops_them_all(idea, asha, ben, esha):
    for nobody in (asha, esha):
        with pytest.raises(NotAllowed):
            cast_many(idea, people=[ben, nobody], now=clock.now())
    ben.is_active = False
    with pytest.raises(NotAllowed):
        cast_many(idea, people=[ben], now=clock.now())
    assert not Vote.objects.exists() and not VoteEvent.objects.exists()


def test_what_is_closed_or_hidden_takes_no_votes(idea, ben):
    Contribution.objects.filter(pk=idea.pk).update(state="pending")
    with pytest.raises(WrongState):
        cast_many(idea, people=[ben], now=clock.now())
    Contribution.objects.filter(pk=idea.pk).update(state="published")
    phase = idea.question.phase
    type(phase).objects.filter(pk=phase.pk).update(closes_at=clock.database_now() - timedelta(seconds=1))
    with pytest.raises(WrongState):
        cast_many(idea, people=[ben], now=clock.now() - timedelta(days=1))
    assert not VoteEvent.objects.exists()


def test_the_roll_up_counts_them(idea, ben, greta):
    cast_many(idea, people=[ben, greta], now=clock.now())
    roll_up(clock.now())
    votes = Vote.objects.filter(contribution=idea, value=1)
    assert votes.count() == 2

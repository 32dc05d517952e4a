"""Votes from many threads at one moment: as many as the engine bears, and still exact."""

import random

import pytest
from django.db import connection

from consultations.models import Contribution, Participant, Vote, VoteEvent
from consultations.services import cast, roll_up, vote
from foundation import clock
from tests.consultations import drafts
from tests.consultations.test_roll_up import next_transaction
from tests.factories.consultations import published_idea, released_consultation
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)


def threads() -> int:
    return 20 if connection.vendor == "postgresql" else 8


@pytest.fixture
def idea(transactional_db):
    drafts.site()
    return published_idea(released_consultation(), person("asha"))


def test_twenty_identical_votes_at_once_are_one(idea, together):
    ben = person("ben")
    results = together(threads(), lambda _n: cast(idea, person=ben, value=1, now=clock.now()))
    assert not [result for result in results if isinstance(result, Exception)]
    assert (Vote.objects.count(), VoteEvent.objects.count()) == (1, 1)
    assert Participant.objects.filter(person=ben).count() == 1


def test_flips_from_many_threads_replay_to_the_rows_and_the_count(idea, together, monkeypatch):
    voters = [person("ben"), person("chitra"), person("greta")]

    def flip(number):
        for step in range(5):
            rng = random.Random(number * 10 + step)
            cast(idea, person=rng.choice(voters), value=rng.choice([0, 1]), now=clock.now())
            roll_up(clock.now())

    results = together(threads(), flip)
    assert not [result for result in results if isinstance(result, Exception)], results
    if connection.vendor == "postgresql":
        # Another test process's open transaction may hold the watermark back: all is committed, so look at all.
        monkeypatch.setattr(vote, "_watermark", next_transaction)
    roll_up(clock.now())
    stands = {}
    for event in VoteEvent.objects.order_by("pk"):
        stands[event.participant_id] = event.value
    rows = Vote.objects.filter(value=1).count()
    assert rows == sum(stands.values())
    assert rows == Contribution.objects.get(pk=idea.pk).support_count

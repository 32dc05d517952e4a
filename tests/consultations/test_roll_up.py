"""Shown counts follow the votes: the roll-up counts what is committed, so these tests commit."""

import pytest
from django.db import connection

from consultations.models import Contribution, Vote, VoteEvent
from consultations.services import cast, erase, roll_up, vote
from foundation import clock
from tests.consultations import drafts
from tests.factories.consultations import published_idea, released_consultation
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _alone_in_the_cluster(monkeypatch):
    """Open transactions of other test processes hold back the cluster's oldest; here everything is committed."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(vote, "_watermark", next_transaction)


def next_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()[0]


@pytest.fixture
def idea(transactional_db):
    drafts.site()
    return published_idea(released_consultation(), person("asha"))


def replay(idea):
    stands = {}
    for event in VoteEvent.objects.filter(contribution=idea).order_by("pk"):
        stands[event.participant_id] = event.value
    return sum(stands.values())


def rows(idea):
    return Vote.objects.filter(contribution=idea, value=1).count()


def shown(idea):
    return Contribution.objects.get(pk=idea.pk).support_count


def test_support_counts_once_and_can_be_taken_back(idea):
    now, ben, chitra = clock.now(), person("ben"), person("chitra")
    for _again in range(3):
        cast(idea, person=ben, value=1, now=now)
    cast(idea, person=chitra, value=1, now=now)
    assert shown(idea) == 0, "the request itself counts nothing"
    roll_up(now)
    assert (rows(idea), replay(idea), shown(idea)) == (2, 2, 2)
    cast(idea, person=ben, value=0, now=now)
    roll_up(now)
    assert (rows(idea), replay(idea), shown(idea)) == (1, 1, 1)
    assert VoteEvent.objects.filter(contribution=idea).count() == 3


def test_erasing_a_voter_leaves_every_count(idea):
    ben, chitra = person("ben"), person("chitra")
    for who in (ben, chitra):
        cast(idea, person=who, value=1, now=clock.now())
    roll_up(clock.now())
    before = (rows(idea), replay(idea), shown(idea))
    erase.erase_traces(ben)
    roll_up(clock.now())
    assert (rows(idea), replay(idea), shown(idea)) == before == (2, 2, 2)
    assert not Vote.objects.filter(participant__person=ben).exists()

"""A row of work is taken by one worker, and finished only by the one who holds it."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from foundation import claims
from foundation.models import Outbox

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
THREADS = 20 if connection.vendor == "postgresql" else 8

pytestmark = pytest.mark.django_db


def work(**fields) -> Outbox:
    return Outbox.objects.create(**{"kind": "letter", "payload": {}, "due_at": NOW, **fields})


def claim(row: Outbox, now: datetime = NOW, **how) -> int | None:
    return claims.claim(Outbox, row.pk, now=now, lease=MINUTE, **how)


def test_a_claim_writes_the_state_the_lease_the_fence_and_the_attempt():
    row = work()
    assert claim(row, last_error="trying") == 1
    row.refresh_from_db()
    assert (row.state, row.lease_until, row.fence, row.attempts) == (claims.ATTEMPTING, NOW + MINUTE, 1, 1)
    assert row.last_error == "trying"


def test_a_row_is_claimed_once():
    row = work()
    assert claim(row) == 1
    assert claim(row) is None


def test_a_row_that_is_not_due_yet_is_not_claimed():
    row = work(due_at=NOW + MINUTE)
    assert claim(row) is None
    assert claim(row, now=NOW + MINUTE) == 1


def test_rooms_use_state_words_of_their_own():
    row = work(state="approved")
    assert claim(row) is None
    assert claim(row, from_state="approved", to_state="sending") == 1
    row.refresh_from_db()
    assert row.state == "sending"


def test_a_lost_workers_row_is_taken_over_only_after_its_lease():
    row = work()
    claim(row)
    assert claims.overdue_leases(Outbox, now=NOW) == []
    assert claim(row, from_state=claims.ATTEMPTING) is None
    later = NOW + MINUTE
    assert claims.overdue_leases(Outbox, now=later) == [row.pk]
    assert claim(row, now=later, from_state=claims.ATTEMPTING) == 2


def test_the_worker_who_lost_the_row_can_no_longer_finish_it():
    row = work()
    lost = claim(row)
    taken = claim(row, now=NOW + MINUTE, from_state=claims.ATTEMPTING)
    assert not claims.finish(Outbox, row.pk, fence=lost, to_state=claims.DONE)
    assert claims.finish(Outbox, row.pk, fence=taken, to_state=claims.FAILED, last_error="no room")
    row.refresh_from_db()
    assert (row.state, row.lease_until, row.last_error) == (claims.FAILED, None, "no room")


def test_a_row_is_finished_once():
    row = work()
    fence = claim(row)
    assert claims.finish(Outbox, row.pk, fence=fence, to_state=claims.DONE)
    assert not claims.finish(Outbox, row.pk, fence=fence, to_state=claims.FAILED)


def test_the_oldest_due_rows_are_picked_first_and_no_more_than_asked():
    late, later = work(due_at=NOW - MINUTE), work(due_at=NOW - 2 * MINUTE)
    work(due_at=NOW + MINUTE)
    work(state=claims.DONE)
    assert claims.pick(Outbox, now=NOW, limit=9) == [later.pk, late.pk]
    assert claims.pick(Outbox, now=NOW, limit=1) == [later.pk]


def test_many_workers_and_one_row_give_one_claim(transactional_db, together):
    row = work()
    results = together(THREADS, lambda _number: claim(row))
    assert sorted(results, key=str) == sorted([1] + [None] * (THREADS - 1), key=str)
    row.refresh_from_db()
    assert (row.fence, row.attempts) == (1, 1)


def test_many_workers_and_many_rows_leave_none_taken_twice(transactional_db, together):
    rows = [work() for _row in range(THREADS * 2)]

    def act(_number: int) -> list[int]:
        picked = claims.pick(Outbox, now=NOW, limit=len(rows))
        return [pk for pk in picked if claims.claim(Outbox, pk, now=NOW, lease=MINUTE) is not None]

    taken = [pk for mine in together(THREADS, act) for pk in mine]
    assert len(taken) == len(set(taken))
    assert not Outbox.objects.exclude(state=claims.DUE, fence=0).exclude(fence=1).exists()
    assert Outbox.objects.filter(fence=1).count() == len(taken)


@pytest.mark.postgres
def test_candidates_that_another_is_just_taking_are_passed_over(transactional_db, together):
    first, second = work(due_at=NOW - MINUTE), work()
    held, looked = threading.Event(), threading.Event()

    def act(number: int) -> list[int] | None:
        if number == 0:
            with transaction.atomic():
                claim(first)
                held.set()
                looked.wait(timeout=10)
            return None
        held.wait(timeout=10)
        picked = claims.pick(Outbox, now=NOW, limit=9)
        looked.set()
        return picked

    assert together(2, act) == [None, [second.pk]]

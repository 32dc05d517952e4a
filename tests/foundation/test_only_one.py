"""A job that must run once at a time runs once at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.locks import only_one
from foundation.models import Lease

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
THREADS = 20 if connection.vendor == "postgresql" else 8

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_ask_at_once_one_may(together):
    asked = threading.Barrier(THREADS)

    def act(_number: int) -> bool:
        with only_one("roll up", now=NOW, ttl=MINUTE) as ours:
            asked.wait(timeout=30)
            return ours

    assert sorted(together(THREADS, act)) == [False] * (THREADS - 1) + [True]


def test_two_names_do_not_know_each_other(together):
    asked = threading.Barrier(2)

    def act(number: int) -> bool:
        with only_one(f"job {number}", now=NOW, ttl=MINUTE) as ours:
            asked.wait(timeout=30)
            return ours

    assert together(2, act) == [True, True]


def test_the_job_is_free_again_afterwards_also_after_an_error(together):
    with pytest.raises(ZeroDivisionError), only_one("roll up", now=NOW, ttl=MINUTE):
        1 / 0  # noqa: B018

    def act(_number: int) -> bool:
        with only_one("roll up", now=NOW, ttl=MINUTE) as ours:
            return ours

    assert together(1, act) == [True]
    assert not Lease.objects.exists()


def test_the_same_name_within_the_block_is_refused():
    with only_one("roll up", now=NOW, ttl=MINUTE) as outer, only_one("roll up", now=NOW, ttl=MINUTE) as inner:
        assert (outer, inner) == (True, False)
    with only_one("roll up", now=NOW, ttl=MINUTE) as again:
        assert again


def test_within_a_transaction_the_lock_is_held_to_its_end_and_an_error_in_it_is_the_one_that_is_told(
    together,
):
    def other(_number: int) -> bool:
        with only_one("roll up", now=NOW, ttl=MINUTE) as ours:
            return ours

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with only_one("roll up", now=NOW, ttl=MINUTE) as ours:
            assert ours
        if connection.vendor == "postgresql":
            assert together(1, other) == [False]
        1 / 0  # noqa: B018
    assert together(1, other) == [True]


def test_a_broken_transaction_is_told_as_what_it_is():
    with pytest.raises(IntegrityError), transaction.atomic(), only_one("roll up", now=NOW, ttl=MINUTE):
        for _twice in range(2):
            Lease.objects.create(name="another", holder="x", until=NOW)


def test_a_holder_who_died_is_waited_for_no_longer_than_its_lease():
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended('roll up', 0))")
        with only_one("roll up", now=NOW, ttl=MINUTE) as ours:
            assert not ours
        other.close()
        deadline = datetime.now(UTC) + timedelta(seconds=10)
        while not _free("roll up"):
            assert datetime.now(UTC) < deadline
        return
    Lease.objects.create(name="roll up", holder="gone", until=NOW + MINUTE)
    assert not _free("roll up", now=NOW)
    assert _free("roll up", now=NOW + MINUTE)


def test_who_held_too_long_does_not_take_the_lock_from_the_next():
    if connection.vendor == "postgresql":
        with only_one("roll up", now=NOW, ttl=timedelta(0)) as ours:
            assert ours
        return
    with only_one("roll up", now=NOW, ttl=MINUTE):
        Lease.objects.update(holder="next")
    assert Lease.objects.get().holder == "next"


def _free(name: str, now: datetime = NOW) -> bool:
    with only_one(name, now=now, ttl=MINUTE) as ours:
        return ours

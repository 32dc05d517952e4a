"""What is to be done after commit is a row beside its cause: never lost, never done by two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from foundation import claims, outbox
from foundation.models import Outbox

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
THREADS = 20 if connection.vendor == "postgresql" else 8

pytestmark = pytest.mark.django_db


def put(number: int, kind: str = "record", due_at: datetime = NOW) -> Outbox:
    return outbox.put(kind, {"number": number}, due_at=due_at)


def numbers(lines: list[Outbox]) -> list[int]:
    return [line.payload["number"] for line in lines]


def test_a_line_goes_with_its_cause():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(1)
        1 / 0  # noqa: B018
    assert not Outbox.objects.exists()


def test_lines_of_a_kind_are_taken_in_order_up_to_the_limit():
    for number in range(3):
        put(number)
    put(9, kind="letter")
    put(8, due_at=NOW + MINUTE)
    assert numbers(outbox.take("record", 2, now=NOW)) == [0, 1]
    assert numbers(outbox.take("record", 2, now=NOW)) == [2]
    assert outbox.take("record", 2, now=NOW) == []


def test_a_line_that_was_put_is_due_at_once():
    outbox.put("record", {"number": 1})
    assert numbers(outbox.take("record", 5)) == [1]


def test_a_done_line_is_gone_and_with_it_what_it_said():
    put(1)
    (line,) = outbox.take("record", 5, now=NOW)
    assert outbox.done(line)
    assert not outbox.done(line)
    assert not Outbox.objects.exists()


def test_a_line_whose_worker_did_not_come_back_is_taken_again_and_the_lost_worker_has_no_say():
    put(1)
    (lost,) = outbox.take("record", 5, now=NOW, lease=MINUTE)
    assert outbox.take("record", 5, now=NOW + MINUTE / 2) == []
    (again,) = outbox.take("record", 5, now=NOW + MINUTE)
    assert (again.pk, again.attempts) == (lost.pk, 2)
    assert not outbox.done(lost)
    assert not outbox.retry(lost, due_at=NOW, error="late")
    assert outbox.done(again)


def test_a_line_put_back_is_due_later_with_its_reason():
    put(1)
    (line,) = outbox.take("record", 5, now=NOW)
    assert outbox.retry(line, due_at=NOW + MINUTE, error="busy")
    assert outbox.take("record", 5, now=NOW) == []
    (line,) = outbox.take("record", 5, now=NOW + MINUTE)
    assert (line.attempts, line.last_error) == (2, "busy")


def test_a_line_given_up_stays_for_a_person_to_look_at():
    put(1)
    (line,) = outbox.take("record", 5, now=NOW)
    assert outbox.give_up(line, error="no such address")
    assert outbox.take("record", 5, now=NOW + timedelta(days=1)) == []
    assert Outbox.objects.get().state == claims.FAILED


def test_many_takers_share_the_lines_without_overlap(transactional_db, together):
    for number in range(THREADS):
        put(number)
    taken = [
        number
        for lines in together(THREADS, lambda _n: numbers(outbox.take("record", 3, now=NOW)))
        for number in lines
    ]
    assert len(taken) == len(set(taken))
    assert Outbox.objects.filter(state=claims.ATTEMPTING).count() == len(taken) > 0

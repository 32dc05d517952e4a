"""One chain without a gap, whoever enters and chains at the same time, and nobody changes it afterwards."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Person
from accounts.services import erase_person
from foundation.locks import only_one
from foundation.models import Outbox
from records import queries, services, verify
from records.models import Record

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
THREADS = 20 if connection.vendor == "postgresql" else 8


def check() -> verify.Chain:
    """The whole register through the program that everybody downloads."""
    chain = verify.Chain()
    for line in queries.lines():
        chain.take(line)
    return chain


def enter(number: int) -> None:
    services.enter("batch_taken_in", agency="water", accepted=number, sha256=f"{number:064x}")


@pytest.mark.django_db
def test_lines_are_chained_in_their_order_and_the_head_is_the_newest() -> None:
    for number in range(7):
        enter(number)
    assert services.chain(NOW) == 7
    assert services.chain(NOW) == 0
    assert [record.body["accepted"] for record in queries.records()] == list(range(7))
    chain = check()
    head = services.head()
    assert (chain.seq, chain.hash) == (head.seq, head.hash)
    assert str(head) == f"{chain.hash}:7"
    enter(7)
    assert services.chain(NOW) == 1
    assert check().seq == 8
    assert [record.seq for record in queries.newest(2)] == [8, 7]
    assert not Outbox.objects.exists()


@pytest.mark.django_db
def test_more_lines_than_one_step_takes_are_chained_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 3)
    monkeypatch.setattr(queries, "STEP", 2)
    for number in range(10):
        enter(number)
    assert services.chain(NOW) == 10
    assert check().seq == 10
    assert len(list(queries.records(up_to=5))) == 5


@pytest.mark.django_db(transaction=True)
def test_entering_and_chaining_in_parallel_leaves_no_gap_and_no_line_twice(
    together: Callable[[int, Callable[[int], Any]], list[Any]],
) -> None:
    each = 5

    def act(number: int) -> int:
        for step in range(each):
            enter(number * each + step)
            services.chain(NOW)
        return number

    assert together(THREADS, act) == list(range(THREADS))
    services.chain(NOW)
    assert check().seq == THREADS * each
    assert {record.body["accepted"] for record in queries.records()} == set(range(THREADS * each))
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_jobs_that_both_believe_to_be_alone_still_write_each_line_once(
    monkeypatch: pytest.MonkeyPatch, together: Callable[[int, Callable[[int], Any]], list[Any]]
) -> None:
    """The lock is taken away: what is left are the number that is taken once and the line that must be there."""
    for number in range(30):
        enter(number)
    results = together(4, lambda number: services._chain_some())
    assert all(isinstance(result, int | DatabaseError | services.LineLost) for result in results)
    services.chain(NOW)
    assert check().seq == 30
    assert sorted(record.body["accepted"] for record in queries.records()) == list(range(30))


@pytest.mark.django_db(transaction=True)
def test_a_job_that_dies_half_way_leaves_everything_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        enter(number)
    with monkeypatch.context() as broken:
        broken.setattr(Outbox.objects, "filter", _fails_at_the_second_call(Outbox.objects.filter))
        with pytest.raises(SystemExit):
            services.chain(NOW)
    assert services.head().seq == 0
    assert services.chain(NOW) == 4
    assert check().seq == 4


@pytest.mark.django_db(transaction=True)
def test_while_another_job_chains_nothing_is_done_and_nothing_fails() -> None:
    enter(1)
    results: list[int] = []

    def other() -> None:
        results.append(services.chain(NOW))
        connection.close()

    with only_one("records.chain", now=NOW, ttl=timedelta(minutes=1)) as ours:
        assert ours
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=30)
    assert results == [0]
    assert services.chain(NOW) == 1


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_remove_a_line() -> None:
    enter(1)
    services.chain(NOW)
    before = list(queries.lines())
    for attempt in (
        lambda: Record.objects.filter(seq=1).update(agency="parks"),
        lambda: Record.objects.filter(seq=1).delete(),
        lambda: _sql("UPDATE records_record SET body = '{}'"),
        lambda: _sql("DELETE FROM records_record"),
    ):
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            attempt()
    assert list(queries.lines()) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("seq", "prev_hash"), [(5, "0" * 64), (2, "0" * 64), (3, None), (0, "0" * 64)])
def test_the_database_refuses_a_line_that_does_not_follow(seq: int, prev_hash: str | None) -> None:
    enter(1)
    services.chain(NOW)
    prev_hash = prev_hash or services.head().hash
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.create(
            seq=seq, kind="agency_opened", body={}, at=NOW, prev_hash=prev_hash, hash="f" * 64
        )
    assert services.head().seq == 1


@pytest.mark.django_db
def test_erasing_a_person_leaves_the_chain_whole_and_every_line_as_it_was(asha: Person) -> None:
    """No line has a key to any other table, so nothing that is erased reaches it."""
    assert not [field for field in Record._meta.get_fields() if field.is_relation]
    for number in range(3):
        enter(number)
    services.chain(NOW)
    before = list(queries.lines())
    erase_person(asha, by=asha, now=NOW)
    services.chain(NOW)
    assert list(queries.lines())[:3] == before
    assert check().seq == services.head().seq >= 3


@pytest.mark.django_db
def test_200_random_changes_behind_the_database_s_back_are_all_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever may drop the triggers still cannot change a line without `verify_records` naming it."""
    for number in range(40):
        enter(number)
    services.chain(NOW)
    call_command("verify_records", verbosity=0)
    if connection.vendor == "postgresql":
        _sql("ALTER TABLE records_record DISABLE TRIGGER USER")
    else:
        for event in ("update", "delete"):
            _sql(f'DROP TRIGGER "records_record_append_only_{event}"')
        _sql('DROP TRIGGER "records_record_follows"')
    dice = random.Random(20260105)
    found = 0
    for _attempt in range(200):
        point = transaction.savepoint()
        first_wrong = _tamper(dice)
        with pytest.raises(SystemExit) as ended:
            call_command("verify_records", verbosity=0)
        said = capsys.readouterr().err
        found += ended.value.code == 1 and f"Line {first_wrong}:" in said
        transaction.savepoint_rollback(point)
    assert found == 200
    call_command("verify_records", verbosity=0)


def _tamper(dice: random.Random) -> int:
    """Does one random wrong to the table; gives the number of the line where the chain breaks."""
    seq = dice.randint(1, 39)
    row = Record.objects.filter(seq=seq)
    match dice.randint(0, 7):
        case 0:
            row.update(body={**row.get().body, "accepted": dice.randint(1000, 9999)})
        case 1:
            row.update(agency="parks")
        case 2:
            row.update(thing=f"x{dice.randint(0, 9)}")
        case 3:
            row.update(at=NOW.replace(year=2025) + timedelta(seconds=dice.randint(1, 86400)))
        case 4:
            row.update(kind="agency_opened")
        case 5:
            row.delete()
        case 6:
            row.update(hash=f"{dice.getrandbits(256):064x}")
        case _:
            Record.objects.filter(seq=seq + 1).update(prev_hash=f"{dice.getrandbits(256):064x}")
            return seq + 1
    return seq


def _fails_at_the_second_call(real: Callable[..., Any]) -> Callable[..., Any]:
    calls: list[int] = []

    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit("killed")
        return real(*args, **kwargs)

    return call


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

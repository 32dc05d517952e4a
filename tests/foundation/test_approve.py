"""Four eyes: whoever wrote, mended or submitted words does not approve them, by whatever way they try."""

import hashlib
import threading
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from foundation.approvals import (
    approval_for,
    approve,
    canonical_sha256,
    note_writer,
    writers_since_approval,
)
from foundation.errors import NotAllowed, WrongState
from foundation.models import Approval, Writer

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
AUTHOR, MENDER, APPROVER, SECOND_APPROVER = 11, 12, 13, 14
BRIDGE, COMMA = canonical_sha256("The bridge opens"), canonical_sha256("The bridge, opens")
THREADS = 20 if connection.vendor == "postgresql" else 8

pytestmark = pytest.mark.django_db


def yes(sha256: str, by: int, *, thing: str = "7", step: str = "second_person", submitted_by: int = AUTHOR):
    return approve(
        "wording", thing, sha256=sha256, step=step, submitted_by=submitted_by, approved_by=by, now=NOW
    )


def by_hand(**changed):
    row = {"kind": "wording", "thing": "7", "sha256": BRIDGE, "step": "second_person", "submitted_by": AUTHOR}
    return Approval.objects.create(**{**row, "approved_by": APPROVER, "approved_at": NOW, **changed})


def test_a_second_person_approves_and_the_author_does_not():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    with pytest.raises(NotAllowed, match="wrote or changed"):
        yes(BRIDGE, AUTHOR, submitted_by=MENDER)
    approval = yes(BRIDGE, APPROVER)
    assert approval_for("wording", 7, BRIDGE) == approval
    assert (approval.approved_by, approval.submitted_by, approval.approved_at) == (APPROVER, AUTHOR, NOW)


def test_whoever_submitted_the_words_may_not_approve_them_though_they_wrote_none():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    with pytest.raises(NotAllowed, match="sent this for approval yourself"):
        yes(BRIDGE, MENDER, submitted_by=MENDER)


def test_the_author_stays_refused_after_anothers_comma():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    note_writer("wording", 7, person=MENDER, sha256=COMMA)
    for writer in (AUTHOR, MENDER):
        with pytest.raises(NotAllowed):
            yes(COMMA, writer, submitted_by=APPROVER)
    assert writers_since_approval("wording", 7) == {AUTHOR, MENDER}


def test_an_approval_is_of_exactly_these_words_and_this_thing():
    yes(BRIDGE, APPROVER)
    assert approval_for("wording", 7, COMMA) is None
    assert approval_for("wording", 8, BRIDGE) is None
    assert approval_for("outcome", 7, BRIDGE) is None
    assert approval_for("wording", 7, BRIDGE, "legal") is None


def test_an_author_of_approved_words_may_approve_what_another_wrote_since():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    yes(BRIDGE, APPROVER)
    note_writer("wording", 7, person=MENDER, sha256=COMMA)
    assert writers_since_approval("wording", 7) == {MENDER}
    assert yes(COMMA, AUTHOR, submitted_by=MENDER).approved_by == AUTHOR


def test_whoever_goes_back_to_old_words_has_written_again():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    yes(COMMA, APPROVER)
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    with pytest.raises(NotAllowed):
        yes(BRIDGE, AUTHOR, submitted_by=MENDER)


def test_the_first_steps_approval_does_not_free_the_author_for_the_next_step():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    yes(BRIDGE, APPROVER)
    assert writers_since_approval("wording", 7) == set()
    assert writers_since_approval("wording", 7, sha256=BRIDGE) == {AUTHOR}
    with pytest.raises(NotAllowed):
        yes(BRIDGE, AUTHOR, step="legal", submitted_by=MENDER)
    with pytest.raises(IntegrityError, match="Four eyes"), transaction.atomic():
        by_hand(step="legal", submitted_by=MENDER, approved_by=AUTHOR)
    assert yes(BRIDGE, SECOND_APPROVER, step="legal").step == "legal"


def test_saying_yes_again_gives_the_same_row_and_another_is_told_that_it_is_done():
    first = yes(BRIDGE, APPROVER)
    assert yes(BRIDGE, APPROVER) == first
    with pytest.raises(WrongState, match="already approved"):
        yes(BRIDGE, SECOND_APPROVER)
    assert Approval.objects.count() == 1


def test_noting_a_writer_twice_leaves_one_row():
    for _again in range(2):
        note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    assert Writer.objects.count() == 1


def test_a_row_put_in_by_hand_for_a_writer_is_refused_by_the_database():
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    note_writer("wording", 7, person=MENDER, sha256=COMMA)
    with pytest.raises(IntegrityError, match="Four eyes"), transaction.atomic():
        by_hand(sha256=COMMA, submitted_by=MENDER, approved_by=AUTHOR)
    by_hand(sha256=COMMA, submitted_by=MENDER, approved_by=APPROVER)


def test_a_row_put_in_by_hand_for_the_submitter_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="approval_by_another_person"), transaction.atomic():
        by_hand(approved_by=AUTHOR)


@pytest.mark.parametrize("model", [Approval, Writer])
def test_approvals_and_writers_are_neither_changed_nor_removed(model):
    note_writer("wording", 7, person=AUTHOR, sha256=BRIDGE)
    yes(BRIDGE, APPROVER)
    table = model._meta.db_table
    attempts = [
        lambda: model.objects.update(sha256=COMMA),
        lambda: model.objects.all().delete(),
        lambda: model.objects.get().delete(),
        lambda: connection.cursor().execute(f"DELETE FROM {table}"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match=f"{table} is append only"), transaction.atomic():
            attempt()
    assert model.objects.filter(sha256=BRIDGE).count() == 1


def test_one_approval_is_written_when_many_say_yes_at_once(transactional_db, together):
    note_writer("wording", "7", person=AUTHOR, sha256=BRIDGE)
    results = together(THREADS, lambda number: yes(BRIDGE, 100 + number))
    assert sum(isinstance(result, Approval) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == THREADS - 1
    assert Approval.objects.count() == 1


def test_nobody_slips_through_between_writing_and_approving(transactional_db, together):
    def act(number: int) -> None:
        person, thing = number // 2, str(number // 2)
        if number % 2:
            note_writer("wording", thing, person=person, sha256=BRIDGE)
        else:
            yes(BRIDGE, person, thing=thing, submitted_by=999)

    results = together(THREADS, act)
    assert {type(result) for result in results} <= {type(None), NotAllowed}
    assert Writer.objects.count() == THREADS // 2
    for approval in Approval.objects.all():
        wrote = Writer.objects.get(thing=approval.thing, person=approval.approved_by)
        assert wrote.since_approval >= approval.pk


@pytest.mark.postgres
def test_a_row_put_in_by_hand_waits_for_a_writer_who_is_just_being_noted(transactional_db, together):
    noted = threading.Event()

    def act(number: int) -> bool | None:
        if number == 0:
            with transaction.atomic():
                note_writer("wording", "7", person=APPROVER, sha256=BRIDGE)
                noted.set()
                return somebody_waits()
        noted.wait(timeout=10)
        by_hand(approved_by=APPROVER)
        return None

    waited, refused = together(2, act)
    assert waited is True
    assert isinstance(refused, IntegrityError) and "Four eyes" in str(refused)
    assert not Approval.objects.exists()


def somebody_waits() -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return True
    return False


def test_the_same_words_have_the_same_fingerprint_however_they_are_spelt():
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    kolkata = timezone(timedelta(hours=5, minutes=30))
    assert canonical_sha256({"a": composed, "b": (1, 2)}) == canonical_sha256({"b": [1, 2], "a": decomposed})
    assert canonical_sha256(NOW) == canonical_sha256(NOW.astimezone(kolkata))
    assert canonical_sha256([date(2026, 3, 1), Decimal("1.50")]) == canonical_sha256(["2026-03-01", "1.50"])


def test_the_fingerprint_is_of_plain_sorted_json_so_that_anybody_can_compute_it():
    plain = '{"one":"पुल","two":[1,null,true]}'
    assert (
        canonical_sha256({"two": [1, None, True], "one": "पुल"}) == hashlib.sha256(plain.encode()).hexdigest()
    )


@given(st.text(), st.text())
def test_other_words_have_another_fingerprint(one, other):
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (canonical_sha256(one) == canonical_sha256(other)) == same


@pytest.mark.parametrize("words", [{1, 2}, object(), {"x": float("nan")}, {"\u00e9": 1, "e\u0301": 2}])
def test_what_cannot_be_written_down_surely_has_no_fingerprint(words):
    with pytest.raises((TypeError, ValueError)):
        canonical_sha256(words)

"""One export taken in by many at one moment: each row once, and nobody's batch is lost for it."""

import pytest
from django.db import connection

from consultations.models import Batch, Consultation, Contribution, ImportedCount, Participant
from consultations.services.take_in import BadRow, Incoming, take_in
from foundation import clock
from tests.consultations import drafts
from tests.factories.consultations import released_consultation

pytestmark = pytest.mark.django_db(transaction=True)
AT = clock.now()


def threads() -> int:
    return 20 if connection.vendor == "postgresql" else 8


@pytest.fixture
def asked(transactional_db):
    drafts.site()
    return released_consultation()


def rows(count):
    for number in range(count):
        yield Incoming(number + 2, f"row-{number}", f"Trees on street {number}", AT, counts={"likes": number})


def test_one_row_taken_in_by_many_at_once_is_one(asked, together):
    def run(_number):
        row = Consultation.objects.get(pk=asked.pk)
        return take_in(row, rows(1), source="elsewhere", now=clock.now())

    results = together(threads(), run)
    assert not [result for result in results if isinstance(result, Exception)], results
    assert sorted((r.accepted, r.repeated, r.refused) for r in results) == [(0, 1, 0)] * (threads() - 1) + [
        (1, 0, 0)
    ]
    assert Contribution.objects.count() == Participant.objects.count() == ImportedCount.objects.count() == 1
    assert Batch.objects.count() == threads()


def test_a_whole_file_taken_in_by_many_at_once_is_whole_and_once(asked, together):
    refused = []

    def run(number):
        row = Consultation.objects.get(pk=asked.pk)
        mixed = [*rows(20), BadRow(99, "a damaged line")]
        order = mixed[number:] + mixed[:number]
        return take_in(row, order, source="elsewhere", now=clock.now(), on_bad=refused.append)

    results = together(threads(), run)
    assert not [result for result in results if isinstance(result, Exception)], results
    assert sum(result.accepted for result in results) == Contribution.objects.count() == 20
    assert sum(result.repeated for result in results) == 20 * (threads() - 1)
    assert len(refused) == threads(), "each run reports its own bad row"

"""The database refuses by itself, says why, and can be told to stop only by a migration."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ProjectState

from foundation import triggers
from foundation.models import Approval
from foundation.triggers import AppendOnly, RefuseWhen

pytestmark = pytest.mark.django_db(transaction=True)


class Event(models.Model):
    """A table that lives only within one test."""

    number = models.IntegerField()

    class Meta:
        app_label = "foundation_tests"
        db_table = "foundation_tests_event"
        managed = False


@pytest.fixture
def table():
    with connection.schema_editor() as editor:
        editor.create_model(Event)
    yield Event._meta.db_table
    with connection.schema_editor() as editor:
        editor.delete_model(Event)


def forwards(operation) -> None:
    with connection.schema_editor() as editor:
        operation.database_forwards("foundation", editor, ProjectState(), ProjectState())


def backwards(operation) -> None:
    with connection.schema_editor() as editor:
        operation.database_backwards("foundation", editor, ProjectState(), ProjectState())


def numbers() -> list[int]:
    return list(Event.objects.order_by("number").values_list("number", flat=True))


def refused(message: str, act) -> None:
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        act()


def test_an_append_only_table_takes_rows_and_keeps_them_until_the_operation_is_reversed(table):
    forwards(AppendOnly(table))
    event = Event.objects.create(number=1)
    refused("append only: its rows are never changed", lambda: Event.objects.update(number=2))
    refused("append only: its rows are never removed", event.delete)
    assert table in triggers.guarded_tables(connection)
    backwards(AppendOnly(table))
    assert table not in triggers.guarded_tables(connection)
    Event.objects.update(number=2)
    assert Event.objects.all().delete()[0] == 1


def test_an_operation_may_be_run_again(table):
    for _again in range(2):
        forwards(AppendOnly(table))
    Event.objects.create(number=1)
    refused("append only", lambda: Event.objects.update(number=2))
    backwards(AppendOnly(table))


@pytest.mark.parametrize(
    ("event", "condition", "allowed", "left", "forbidden"),
    [
        (
            "INSERT",
            "NEW.number > 2",
            lambda: Event.objects.create(number=2),
            [0, 1, 2],
            lambda: Event.objects.create(number=3),
        ),
        (
            "UPDATE",
            "NEW.number < OLD.number",
            lambda: Event.objects.update(number=2),
            [2, 2],
            lambda: Event.objects.update(number=0),
        ),
        (
            "DELETE",
            "OLD.number = 1",
            lambda: Event.objects.filter(number=0).delete(),
            [1],
            lambda: Event.objects.filter(number=1).delete(),
        ),
    ],
)
def test_what_a_condition_names_is_refused_and_all_else_goes_on(
    table, event, condition, allowed, left, forbidden
):
    Event.objects.bulk_create([Event(number=0), Event(number=1)])
    no = RefuseWhen("foundation_tests_no", table, event=event, condition=condition, message="It's a 'no'.")
    forwards(no)
    refused("It's a 'no'", forbidden)
    assert numbers() == [0, 1]
    allowed()
    assert numbers() == left
    backwards(no)
    forbidden()
    assert numbers() != left


def test_half_a_guard_is_no_guard(table):
    update, _delete = AppendOnly(table)._refusals()
    forwards(update)
    assert table not in triggers.guarded_tables(connection)
    backwards(update)


@pytest.mark.parametrize("_time", [1, 2])
def test_tests_empty_guarded_tables_between_them_and_the_guards_stand_again(_time):
    assert not Approval.objects.exists()
    assert {"foundation_approval", "foundation_writer"} <= set(triggers.guarded_tables(connection))
    Approval.objects.create(
        kind="x",
        thing="1",
        sha256="0" * 64,
        step="second_person",
        submitted_by=1,
        approved_by=2,
        approved_at="2026-03-01T09:00:00Z",
    )
    refused("append only", Approval.objects.all().delete)

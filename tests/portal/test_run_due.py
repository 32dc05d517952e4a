"""The clock's work: everything that is due is done, and what fails stops nothing else."""

import logging
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from foundation import clock
from foundation.locks import only_one
from portal import due, tasks

pytestmark = pytest.mark.django_db


def done_by(call: object, monkeypatch: pytest.MonkeyPatch, *, failing: str = "") -> list[str]:
    """The names of the acts that a call does, in their order; the act named `failing` fails."""
    done: list[str] = []

    def act(key: str) -> object:
        def run(now: object) -> None:
            done.append(key)
            if key == failing:
                raise RuntimeError("planted")

        return run

    acts = tuple(due.Act(a.key, a.words, act(a.key), a.every, a.longest) for a in due.ACTS)
    monkeypatch.setattr(due, "ACTS", acts)
    try:
        call()
    except CommandError as error:
        done.append(f"said {error}")
    return done


def test_everything_is_done_once_in_the_order_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert done_by(lambda: call_command("run_due", stdout=StringIO()), monkeypatch) == list(due.KEYS)


def test_what_fails_stops_nothing_else_is_named_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="portal.due"):
        done = done_by(lambda: call_command("run_due", stdout=StringIO()), monkeypatch, failing="open_due")
    assert done == [*due.KEYS, "said Failed, see the log: open_due"]
    assert [record.act for record in caplog.records] == ["open_due"]


def test_only_what_is_named_is_done_in_the_order_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_hand() -> None:
        call_command("run_due", "--only", "chain", "roll_up", stdout=StringIO())

    assert done_by(by_hand, monkeypatch) == ["roll_up", "chain"]


def test_an_unknown_name_is_refused_and_help_lists_the_known_ones() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'everything'"):
        call_command("run_due", "--only", "everything")


def test_an_act_that_another_process_is_at_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with only_one("due.chain", now=clock.now(), ttl=timedelta(minutes=1)):
        done = done_by(lambda: due.run(["roll_up", "chain"]), monkeypatch)
    assert done == ["roll_up"]


def test_every_act_belongs_to_one_task_that_beat_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long stands alone, so that no letter waits for it."""
    names = [entry["task"].rpartition(".")[2] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    done = {name: done_by(getattr(tasks, name), monkeypatch) for name in names if hasattr(tasks, name)}
    assert done["roll_up"] == ["roll_up", "chain"]
    assert done["analyse"] == ["analysis"]
    assert sorted(key for keys in done.values() for key in keys) == sorted(due.KEYS)


def test_all_acts_can_be_done_on_an_empty_house() -> None:
    assert due.run() == []


def test_every_act_stands_in_what_operators_read():
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [key for key in due.KEYS if f"`{key}`" not in page] == []

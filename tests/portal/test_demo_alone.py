"""The small living site comes whole or not at all, and never beside anything else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, Person
from accounts.services import open_account
from foundation import clock
from portal.demo import build as building
from portal.demo.diary import Diary
from tests.architecture import house


@pytest.mark.django_db
def test_a_database_that_holds_anything_else_is_left_alone() -> None:
    open_account("somebody@else.example", now=clock.now())
    with pytest.raises(CommandError, match="holds something else"):
        call_command("demo", "--yes-this-is-a-demo", stdout=StringIO())
    assert (Person.objects.count(), Agency.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_demo_that_was_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Diary, "play", broken)
    with pytest.raises(KeyboardInterrupt):
        building.build(now=clock.now(), step=lambda words: None)
    assert building.is_empty() and not building.stands()


def test_only_the_demo_lives_in_the_past_or_keeps_quiet() -> None:
    """What answers people must never open again what is closed, nor keep from others what happened."""
    said = {
        str(path.relative_to(house.HOUSE))
        for room in house.ROOMS
        for path in house.sources(room)
        if "clock.as_of(" in (text := path.read_text()) or "quietly()" in text
    }
    beside_the_demo = {path for path in said if not path.startswith("portal/demo/")}
    assert beside_the_demo == {"foundation/announce.py"}
    assert len(said) > 2

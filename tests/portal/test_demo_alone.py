"""The small living site comes whole or not at all, and never beside anything else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, Person
from accounts.services import open_account
from foundation import clock
from portal.demo import build as building
from portal.demo import say


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

    monkeypatch.setattr(say, "talk", broken)
    with pytest.raises(KeyboardInterrupt):
        building.build(now=clock.now(), step=lambda words: None)
    assert building.is_empty() and not building.stands()

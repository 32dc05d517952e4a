"""The code that a how-to shows does what the how-to says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.engines import engines
from foundation import clock
from notifications.letters import letters
from notifications.models import Letter
from notifications.services import put
from tests.analysis import test_engines_contract as contract
from tests.architecture import house
from tests.factories.consultations import free_text, open_response, released_consultation

CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def shown(name: str) -> str:
    """The first code of a how-to."""
    return CODE.findall((house.HOUSE / "docs" / "how-to" / f"{name}.md").read_text(encoding="utf-8"))[0]


@pytest.fixture
def registered(request: pytest.FixtureRequest) -> Iterator[Any]:
    """What a how-to's code registers, for the length of a test."""
    name, registry = request.param
    before = set(registry)
    exec(compile(shown(name), f"docs/how-to/{name}.md", "exec"), {"__name__": f"how_to_{name}"})
    (key,) = set(registry) - before
    yield registry[key]
    del registry._things[key]


@pytest.mark.parametrize("registered", [("engine", engines)], indirect=True)
def test_the_engine_of_the_how_to_keeps_the_contract(registered):
    contract.test_an_engine_says_what_it_is_and_balances_its_books(registered)
    contract.test_the_same_voices_in_another_order_give_the_same(registered)
    contract.test_nobody_and_the_silent_are_read_without_an_error(registered)
    asked = contract.Voice(99, "Why is the gate shut?", "en")
    result = registered.read([*contract.SPOKEN, asked])
    assert result.books([*contract.SPOKEN, asked]) == ""
    assert [theme.exemplars for theme in result.themes] == [(99,)]


@pytest.mark.django_db
@pytest.mark.parametrize("registered", [("letter", letters)], indirect=True)
def test_the_letter_of_the_how_to_is_owed_once_to_those_who_answered(registered, asha, ben):
    row = released_consultation(title="Water at night", questions=[free_text("Why?")], editor=None)
    open_response(row, asha)
    now = clock.now()
    assert list(registered.missing(now)) == []
    type(row).objects.filter(pk=row.pk).update(withdrawn_at=now, withdrawn_reason="law_changed")
    (key,) = put(registered.key, registered.missing(now), now=now)
    assert put(registered.key, registered.missing(now), now=now) == []
    letter = Letter.objects.get(pk=key)
    words = registered.write(letter, now)
    assert letter.person == asha
    assert "Water at night" in words.subject
    assert [part.kind for part in words.parts] == ["says", "quote", "goes"]
    assert words.parts[-1].url.startswith("http") and words.parts[1].text != "law_changed"
    letter.person = ben
    assert registered.write(letter, now) is None

"""The lists narrowed: agency, topic, language and state as plain links and one form, at a constant cost."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.models import Consultation
from foundation import clock
from tests.consultations.looks import read
from tests.factories import consultations as made
from tests.holds.conftest import standing
from tests.people import THEIRS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("three consultations")]
LIST = "consultations:index"


def titles(page: str) -> list[str]:
    """The titles of the rows, in order."""
    return re.findall(r'<h3 class="row__title"><a [^>]*>([^<]*)</a>', page)


def narrowed(view: str = LIST, **query: str) -> str:
    return read(reverse(view, query=query))


def title(page: str) -> str:
    found = re.search(r"<title>(.*?) - Samvad</title>", page, re.S)
    assert found
    return found.group(1).strip()


@pytest.fixture(scope="module")
def three(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Consultation]]:
    with standing(build_three, django_db_blocker) as rows:
        yield rows


@pytest.fixture
def several(db: None, three: dict[str, Consultation]) -> dict[str, Consultation]:
    """The same three for every test; each reads them anew."""
    return {name: Consultation.objects.get(pk=row.pk) for name, row in three.items()}


def build_three() -> dict[str, Consultation]:
    made.topic("water", hi="पानी")
    pipes = made.released_consultation(title="Pipes", topics=["water"], closes=timedelta(days=3))
    made.released_translation(pipes, "hi", {"title": "पाइप"})
    wells = made.released_consultation(title="Wells", topics=["water", "schools"], closes=timedelta(days=4))
    parks = made.opened_agency(THEIRS)
    benches = made.released_consultation(
        title="Benches", agency=parks, topics=["schools"], closes=timedelta(days=5)
    )
    return {"pipes": pipes, "wells": wells, "benches": benches}


def test_a_list_is_narrowed_by_agency_topic_and_language(several):
    assert titles(narrowed()) == ["Pipes", "Wells", "Benches"]
    assert titles(narrowed(topic="water")) == ["Pipes", "Wells"]
    assert titles(narrowed(topic="water", agency=THEIRS)) == []
    assert titles(narrowed(agency=THEIRS)) == ["Benches"]
    assert titles(narrowed(language="hi")) == ["Pipes"]
    assert titles(narrowed(language="hi", topic="schools")) == []


def test_the_title_says_what_narrows_it(several):
    assert title(narrowed()) == "Consultations that are open"
    assert title(narrowed(topic="water", agency="water")) == (
        "Consultations that are open: Nadipur Water Board, Water"
    )
    hindi = read(reverse(LIST, query={"topic": "water"}).replace("/en/", "/hi/"))
    assert "पानी" in title(hindi) and "पाइप" in hindi


def test_choices_and_tabs_say_how_many_they_would_leave(several):
    page = narrowed(topic="water")
    assert "Nadipur Water Board (2)" in page and "Schools (2)" in page and "हिन्दी (1)" in page
    assert "Nadipur Parks Office" not in page
    made.close(several["wells"])
    page = narrowed(topic="water")
    closed = re.search(r'href="([^"]*/closed/[^"]*)">Being weighed <span class="num">(\d+)', page)
    assert closed and closed.groups() == ("/en/consultations/closed/?topic=water", "1")
    assert titles(read(closed.group(1))) == ["Wells"]


def test_each_filter_can_be_taken_off_by_its_own_link(several):
    page = narrowed(topic="water", agency="water")
    chips = re.findall(r'<a class="chip" href="([^"]*)">([^<]*)', page)
    assert chips == [
        ("/en/consultations/?topic=water", "Nadipur Water Board"),
        ("/en/consultations/?agency=water", "Water"),
    ]


def test_a_list_narrowed_to_nothing_says_what_to_do(several):
    page = narrowed("consultations:answered", topic="water", language="ar")
    assert "No consultation fits all of that" in page and "Take all filters off" in page
    page = narrowed("consultations:answered", topic="water")
    assert 'href="/en/consultations/?topic=water">Open (2)' in page
    assert "No answer is late" in narrowed("consultations:overdue")


def test_late_answers_have_a_list_of_their_own(several):
    today = clock.day(clock.now())
    for row, due in (("pipes", today - timedelta(days=1)), ("wells", today), ("benches", today)):
        made.close(several[row])
        Consultation.objects.filter(pk=several[row].pk).update(answer_due_on=due)
    answered = several["benches"]
    made.released_outcome(answered)
    Consultation.objects.filter(pk=answered.pk).update(answer_due_on=today - timedelta(days=9))

    assert titles(narrowed("consultations:overdue")) == ["Pipes"]
    assert titles(narrowed("consultations:closed")) == ["Pipes", "Wells"]
    assert 'href="/en/consultations/overdue/"' in narrowed("consultations:closed")
    assert "Late answers" in narrowed()


@pytest.mark.parametrize(
    "query", ["agency=nobody", "topic=%00", "language=xx", "topic=water&topic='--", "page=x"]
)
def test_an_address_that_somebody_made_up_breaks_nothing(several, query):
    page = read(f"{reverse(LIST)}?{query}")
    assert titles(page) == ["Pipes", "Wells", "Benches"]
    assert title(page) == "Consultations that are open"


def test_filters_stay_on_the_further_pages(several, monkeypatch):
    monkeypatch.setattr("consultations.views.index.A_PAGE", 1)
    page = narrowed(topic="water", page="2")
    assert titles(page) == ["Wells"]
    assert title(page) == "Consultations that are open: Water, page 2"
    assert 'href="/en/consultations/?topic=water" rel="prev"' in page

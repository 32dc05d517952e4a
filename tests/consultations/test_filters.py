"""The lists narrowed: agency, topic, language and state as plain links and one form, at a constant cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Consultation, ConsultationPage, Topic
from foundation import clock
from tests.consultations.looks import read
from tests.factories import consultations as made
from tests.people import THEIRS, signed_in

pytestmark = pytest.mark.django_db
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


@pytest.fixture
def several(db: None) -> dict[str, Consultation]:
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
    today = clock.now().date()
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


@pytest.mark.parametrize("query", [{}, {"topic": "water", "agency": "water", "language": "en"}])
def test_a_list_costs_the_same_for_one_row_and_for_many(query):
    def cost() -> int:
        Client().get(reverse(LIST, query=query))
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(reverse(LIST, query=query)).status_code == 200
        return len(captured)

    made.released_consultation(title="One", topics=["water"])
    few = cost()
    for number in range(4):
        agency = made.opened_agency(f"office-{number}")
        made.released_consultation(
            title=f"Other {number}", agency=agency, topics=[f"topic-{number}", "water"]
        )
        made.released_translation(made.released_consultation(title=f"More {number}", topics=["water"]))
    assert cost() == few <= 20


def test_topics_come_with_the_release_and_are_approved_like_words():
    row = made.released_consultation(title="Pipes", topics=["water"])
    assert [topic.slug for topic in row.topics.all()] == ["water"]
    page = ConsultationPage.objects.get(pk=row.page_id)
    assert page.is_approved()

    page.topics = [made.topic("schools"), made.topic("water")]
    page.save()
    assert not ConsultationPage.objects.get(pk=row.page_id).is_approved()
    made.edited(row, topics=[made.topic("water"), made.topic("schools")])
    assert ConsultationPage.objects.get(pk=row.page_id).is_approved()
    assert titles(narrowed(topic="schools")) == ["Pipes"]
    made.edited(row, topics=[])
    assert titles(narrowed(topic="schools")) == []
    assert not row.topics.exists()


def test_a_page_without_topics_keeps_the_approval_that_it_had_before_there_were_any():
    from consultations.models.approved import words_sha256  # noqa: PLC0415

    assert words_sha256({"title": "Pipes", "topics": []}) == words_sha256({"title": "Pipes"})
    assert (
        words_sha256({"topics": [2, 1]}) == words_sha256({"topics": [1, 2]}) != words_sha256({"topics": [1]})
    )


def test_a_topic_that_something_is_about_cannot_be_deleted():
    made.released_consultation(topics=["water"])
    with pytest.raises(ProtectedError):
        Topic.objects.get(slug="water").delete()


def test_topics_are_written_at_the_centre(pavan, esha):
    made.opened_agency()
    form = {"title": "Roads", "slug": "roads", "titles-TOTAL_FORMS": "1", "titles-INITIAL_FORMS": "0",
            "titles-MIN_NUM_FORMS": "0", "titles-MAX_NUM_FORMS": "1000", "titles-0-id": "", "titles-0-DELETE": "",
            "titles-0-language": "hi", "titles-0-title": "सड़कें"}  # fmt: skip
    assert signed_in(esha).post(reverse("topics:add"), form)["Location"] == "/admin/"
    assert not Topic.objects.exists()
    assert signed_in(pavan).post(reverse("topics:add"), form).status_code == 302
    assert Topic.objects.get().title_in("hi") == "सड़कें" and Topic.objects.get().title_in("ar") == "Roads"

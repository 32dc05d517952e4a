"""Topics, and what became of what was said: pages that nobody writes, asked of the hall each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.views.home import in_short
from consultations.models import Consultation
from tests.consultations.looks import read
from tests.factories.consultations import close, released_consultation, released_outcome, topic

pytestmark = pytest.mark.usefixtures("site")


def queries(address):
    Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    return len(asked)


def answered(title, **how):
    row = close(released_consultation(title=title, topics=["water"]))
    return released_outcome(row, **how)


def test_a_topic_shows_all_that_is_was_and_will_be_asked_about_it():
    released_consultation(title="Ferries", topics=["water"])
    released_consultation(
        title="Bridges", topics=["water"], opens=timedelta(days=2), closes=timedelta(days=9)
    )
    close(released_consultation(title="Canal", topics=["water"]))
    released_consultation(title="Reading rooms", topics=["schools"])
    page = read("/en/topics/water/")
    assert page.index("Ferries") < page.index("Bridges") < page.index("Canal")
    assert "Reading rooms" not in page
    assert "<h1>Water</h1>" in page


def test_a_topic_is_called_in_the_readers_language_or_says_in_which_it_is():
    topic("water", hi="पानी")
    released_consultation(title="Ferries", topics=["water"])
    assert "<h1>पानी</h1>" in read("/hi/topics/water/")
    assert '<h1 lang="en" dir="ltr">Water</h1>' in read("/ar/topics/water/")
    assert '<a href="/hi/topics/water/">पानी</a>' in read("/hi/topics/")


def test_topics_are_listed_with_how_much_is_open_and_empty_ones_are_not():
    topic("roads")
    released_consultation(title="Ferries", topics=["water"])
    close(released_consultation(title="Canal", topics=["water"]))
    page = read("/en/topics/")
    assert "2 consultations" in page and "1 open" in page
    assert "/en/topics/roads/" not in page
    assert "Nothing is public about this topic yet" in read("/en/topics/roads/")


def test_a_topic_that_nobody_knows_is_not_here():
    assert Client().get("/en/topics/nothing/").status_code == 404


def test_a_withdrawn_consultation_counts_for_no_topic():
    row = released_consultation(title="Ferries", topics=["water"])
    Consultation.objects.filter(pk=row.pk).update(withdrawn_at=row.opens_at)
    assert "/en/topics/water/" not in read("/en/topics/").partition("<main")[2]


def test_pages_of_topics_cost_the_same_for_one_and_for_many():
    released_consultation(title="Ferries", topics=["water", "roads"])
    one = queries("/en/topics/water/"), queries("/en/topics/")
    for number in range(2):
        released_consultation(title=f"More {number}", topics=["water", "schools"])
    assert (queries("/en/topics/water/"), queries("/en/topics/")) == one


def test_you_said_we_did_shows_each_outcome_in_three_parts_newest_first():
    answered("Canal", said="In the morning.", decision="<p>From five to eight.</p>")
    answered("Ferries", said="", decision="<p>Two more boats.</p>")
    page = read("/en/you-said-we-did/")
    assert page.index("Two more boats.") < page.index("From five to eight.")
    assert page.count("You said</h3>") == 1
    assert "2 of 2" in page
    assert 'lang="en" dir="ltr">From five to eight.' in read("/hi/you-said-we-did/")


def test_you_said_we_did_is_plain_when_nothing_was_answered():
    page = read("/en/you-said-we-did/")
    assert "Nothing was answered yet" in page
    assert " of 0" not in page


def test_you_said_we_did_costs_the_same_for_one_and_for_many():
    answered("Canal")
    one = queries("/en/you-said-we-did/")
    for number in range(2):
        answered(f"More {number}")
    assert queries("/en/you-said-we-did/") == one


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("One. Two.", "One. Two."),
        ("पहला वाक्य। दूसरा।", "पहला वाक्य। दूसरा।"),
        (f"{'a ' * 20}end. {'b ' * 20}end.", f"{'a ' * 20}end."),
        ("A &amp; B. ", "A & B."),
    ],
)
def test_what_is_in_short_ends_with_a_sentence(text, kept):
    assert in_short(text) == kept


def test_a_sentence_longer_than_all_room_is_cut():
    assert in_short("word " * 90).endswith("…")
    assert len(in_short("word " * 90).split()) <= 60

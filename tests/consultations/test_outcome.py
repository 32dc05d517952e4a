"""An outcome: asked, said, done; numbers with their moment; themes with our answers; promises; the books."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from consultations import reasons
from consultations.models import Contribution, OutcomePage, Response
from consultations.queries import books, row_of
from consultations.services import publish, reject, remove, say_officially, withdraw_response
from foundation import clock
from tests.consultations.looks import read
from tests.factories import consultations as made
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None):
    return made.released_consultation(
        questions=[
            made.free_text("Why?"),
            made.free_text("In confidence?", visibility="confidential"),
            made.ideas(),
        ]
    )


def test_it_shows_the_circle_with_numbers_frozen_and_voices_as_written(row, asha, ben):
    loud = made.open_response(row, asha, texts={0: "रात में पानी नहीं आता"}, may_quote=True, language="hi")
    made.open_response(row, ben, texts={0: "All is well"})
    made.close(row)
    voice = loud.response.contributions.get()
    today = clock.day(clock.now())
    outcome = made.released_outcome(
        row,
        themes=[made.theme("Low pressure", voices=[voice], quotes=[voice])],
        promises=[
            {"what": "A pump", "who": "Works", "due": str(today), "state": "done"},
            {"what": "A pipe", "who": "Works", "due": str(today - timedelta(days=20))},
        ],
    )
    page = read(outcome.page.url)
    for words in (
        "We asked", "You said", "We did", "From May the pumps run all night", "Low pressure", "1 voice",
        "frozen as they stood",
        "second pump runs from ten to five", "Anjali Deshmukh", "Kept", "20 days late", loud.response.participant.pseudonym,
        outcome.approval.sha256, "Where every voice is", "days early",
    ):  # fmt: skip
        assert words in page, words
    assert '<blockquote lang="hi" dir="ltr">' in page and "रात में पानी नहीं आता" in page

    assert '<span class="stat__n">2</span>' in page


def test_a_number_does_not_move_after_the_release(row, asha, ben):
    first = made.open_response(row, asha)
    made.open_response(row, ben)
    made.close(row)
    outcome = made.released_outcome(row)
    withdraw_response(first.response, person=asha, now=clock.now())
    page = read(outcome.page.url)
    assert '<span class="stat__n">2</span>' in page


def test_a_quote_that_is_taken_back_goes(row, asha):
    came = made.open_response(row, asha, texts={0: "Quote me"}, may_quote=True)
    voice = came.response.contributions.get()
    made.close(row)
    outcome = made.released_outcome(row, themes=[made.theme(voices=[voice], quotes=[voice])])
    assert "Quote me" in read(outcome.page.url)
    withdraw_response(came.response, person=asha, now=clock.now())
    page = read(outcome.page.url)
    assert "Quote me" not in page and "1 quoted voice was taken back" in page


def test_confidential_words_are_never_shown_as_a_quote(row, asha):
    came = made.open_response(row, asha, texts={1: "Between us"}, may_quote=True)
    made.close(row)
    voice = came.response.contributions.get()
    page = made.drafted_outcome(row, themes=[made.theme(voices=[voice], quotes=[voice])])
    assert "Between us" not in page.make_preview_request().content.decode()


def test_the_books_close_with_every_voice_in_exactly_one_row(row, asha, ben, chitra, esha):
    read_as = made.open_response(row, asha, texts={0: "A theme"})
    made.open_response(row, ben, texts={0: "Only counted"})
    made.open_response(row, chitra, texts={1: "Between us"})
    rejected = made.open_idea(row, asha, "Rejected")
    twice = made.open_idea(row, ben, "Rejected for another reason")
    taken_back = made.published_idea(row, chitra, "Taken back")
    removed = made.published_idea(row, asha, "Removed")
    made.open_idea(row, ben, "Nobody read it yet")
    reject(rejected, reason="personal_data", by=None, now=clock.now())
    reject(twice, reason="off_topic", by=None, now=clock.now())
    withdraw_response(taken_back.response, person=chitra, now=clock.now())
    remove(removed, reason="gone_at_origin", by=None, now=clock.now())
    say_officially(
        row,
        text="We read this.",
        parent=removed,
        by=person("anil", agency=row.agency),
        now=clock.now(),
        language="en",
    )
    made.close(row)
    outcome = made.released_outcome(row, themes=[made.theme(voices=[read_as.response.contributions.get()])])

    found = {book.code: book.count for book in books(outcome)}
    assert found == {
        "themes": 1, "counted": 1, "confidential": 1, "waiting": 1, "not_published:personal_data": 1,
        "not_published:off_topic": 1, "withdrawn": 1, "removed": 1,
    }  # fmt: skip
    voices = Response.objects.exclude(behalf="agency")
    assert sum(found.values()) == voices.count() == 8
    assert sorted(row_of(voice, outcome).code for voice in voices) == sorted(found)
    page = read(outcome.page.url)
    assert "<strong>8</strong>" in page


def test_the_books_of_many_voices_take_one_query(row, asha, ben, chitra):
    for somebody in (asha, ben, chitra):
        made.open_response(row, somebody)
    made.close(row)
    outcome = made.released_outcome(row)
    with CaptureQueriesContext(connection) as captured:
        assert sum(book.count for book in books(outcome)) == 3
    assert len(captured) == 1


def test_a_reason_is_shown_in_words_that_the_deciding_room_gave(row, asha):
    idea = made.open_idea(row, asha)
    reject(idea, reason="test_reason", by=None, now=clock.now())
    made.close(row)
    outcome = made.released_outcome(row)
    assert "Not published: test reason" in read(outcome.page.url)
    reasons.say("test_reason", "It is only a test")
    assert "Not published: It is only a test" in read(outcome.page.url)


def test_a_draft_shows_live_numbers_and_says_so(row, asha):
    came = made.open_response(row, asha)
    made.close(row)
    page = made.drafted_outcome(row, themes=[made.theme(voices=[came.response.contributions.get()])])
    shown = page.make_preview_request().content.decode()
    assert "as of now" in shown and '<span class="stat__n">1</span>' in shown
    assert Client().get(page.url).status_code == 404


def test_a_draft_with_an_unknown_figure_can_still_be_looked_at(row):
    made.close(row)
    page = made.drafted_outcome(row)
    page.figures = [
        {
            "type": "figure",
            "id": "f0b1f7a2-0000-4000-8000-000000000000",
            "value": {"figure": "nonsense", "caption": "?"},
        }
    ]
    assert page.make_preview_request().status_code == 200


def test_a_translated_outcome_shares_numbers_and_books(row, asha):
    came = made.open_response(row, asha)
    made.released_translation(row, "hi")
    made.close(row)
    outcome = made.released_outcome(row, themes=[made.theme(voices=[came.response.contributions.get()])])
    source = OutcomePage.objects.get(pk=outcome.page_id)
    hindi = source.copy_for_translation(Locale.objects.get(language_code="hi"))
    hindi.title = "क्या हुआ"
    hindi.save_revision(user=person("esha", agency=row.agency))
    made.approve_and_publish(hindi)
    page = read(OutcomePage.objects.get(pk=hindi.pk).url)
    assert "क्या हुआ" in page and '<span class="stat__n">1</span>' in page
    assert f'href="{source.url}"' in page


def test_the_consultation_leads_to_its_outcome(row):
    made.close(row)
    outcome = made.released_outcome(row)
    page = read(row.page.specific.url)
    assert outcome.page.url in page and "Answered" in page


def test_published_ideas_may_be_quoted_without_being_asked(row, ben):
    idea = made.published_idea(row, ben, "A tap at the market")
    made.close(row)
    outcome = made.released_outcome(row, themes=[made.theme(voices=[idea], quotes=[idea])])
    assert "A tap at the market" in read(outcome.page.url)
    assert Contribution.objects.get(pk=idea.pk).state == "published"
    assert publish(idea, by=None, now=clock.now()).pk == idea.pk

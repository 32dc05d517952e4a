"""A voice's own page: everything that became of it, and nothing personal for whoever holds the code."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Contribution, Response
from consultations.services import publish, reject, remove
from foundation import clock
from tests.consultations.looks import read, seen
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def address(code: str) -> str:
    return reverse("consultations:voice", args=[code])


@pytest.fixture
def row(db: None):
    return made.released_consultation(
        questions=[
            made.free_text("Why?"),
            made.free_text("What else?", visibility="after_close"),
            made.free_text("In confidence?", visibility="confidential"),
            made.ideas(),
        ]
    )


def test_whoever_holds_the_code_sees_what_became_of_it_and_nothing_personal(row, asha):
    came = made.open_response(
        row, asha, texts={0: "My own words"}, behalf="organisation", organisation="River Friends"
    )
    page = read(address(came.receipt))
    assert came.receipt in page and "Received" in page and "Promised by" in page
    for personal in ("My own words", "River Friends", came.response.participant.pseudonym, "Asha"):
        assert personal not in page


def test_its_author_sees_the_words_when_signed_in_and_nobody_else_does(row, asha, ben, mohan, root):
    came = made.open_response(row, asha, texts={0: "My own words"})
    page = seen(signed_in(asha).get(address(came.receipt)))
    assert "My own words" in page and came.response.participant.pseudonym in page
    assert reverse("consultations:withdraw", args=[came.receipt]) in page
    for other in (ben, mohan, root):
        page = seen(signed_in(other).get(address(came.receipt)))
        assert "My own words" not in page and "take-back" not in page


def test_the_page_is_kept_by_nobody_and_tells_nobody(row, asha):
    came = made.open_response(row, asha)
    for response in (Client().get(address(came.receipt)), Client().get(reverse("consultations:find_voice"))):
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"


def test_a_code_is_found_however_it_is_typed(row, asha):
    came = made.open_response(row, asha)
    typed = came.receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = Client().get(reverse("consultations:find_voice"), {"code": typed})
    assert response["Location"] == address(came.receipt)
    assert read(address(came.receipt.lower()))


def test_a_wrong_code_says_so_and_keeps_what_was_typed():
    response = Client().get(reverse("consultations:find_voice"), {"code": "ABCD-EFGH"})
    assert response.status_code == 404
    assert b"No receipt has this code" in response.content and b"ABCD-EFGH" in response.content
    read(address("ABCD-EFGH"), status=404)
    assert "The code on your receipt" in read(reverse("consultations:find_voice"))


def test_the_way_tells_each_fate_in_words(row, asha):
    came = made.open_response(row, asha, texts={0: "Counted", 1: "Waits", 2: "Secret"}, may_publish=True)
    page = read(address(came.receipt))
    assert "Taken in to be counted" in page and "A moderator reads it" in page and "Kept confidential" in page
    assert "1 of 3 answers" in page

    waits = came.response.contributions.get(text="Waits")
    publish(waits, by=None, now=clock.now())
    assert "It is shown when it closes" in read(address(came.receipt))
    made.close(row)
    assert "Published" in read(address(came.receipt))


def test_a_refusal_has_its_reason_and_a_way_to_appeal(row, asha):
    idea = made.open_idea(row, asha)
    reject(idea, reason="names_a_person", by=None, now=clock.now())
    code = idea.response
    page = read(address(made.code_of(code)))
    assert "Not published" in page and "names a person" in page and "appeal" in page


def test_words_that_nobody_may_see_are_not_called_published(row, asha):
    came = made.open_response(row, asha, texts={1: "Read, not shown"})
    publish(came.response.contributions.get(), by=None, now=clock.now())
    made.close(row)
    page = read(address(came.receipt))
    assert "its author did not allow that" in page
    assert '<h3 class="thread__t">Published</h3>' not in page


def test_after_the_outcome_it_leads_the_whole_way_round(row, asha, ben):
    came = made.open_response(row, asha, texts={0: "The pressure is low"}, may_quote=True)
    other = made.open_response(row, ben, texts={0: "No opinion"})
    made.close(row)
    today = clock.day(clock.now())
    outcome = made.released_outcome(
        row,
        themes=[made.theme("Low pressure at night", voices=[came.response.contributions.get()])],
        answer="The second pump runs all night.",
        promises=[
            {"what": "A pump", "who": "Works", "due": str(today), "state": "done"},
            {"what": "A pipe", "who": "Works", "due": str(today - timedelta(days=5))},
            {"what": "A tower", "who": "Works", "due": str(today), "state": "dropped", "reason": "No land"},
        ],
    )
    page = read(address(came.receipt))
    for words in (
        "One of 2 voices in the outcome", "Read as one or several themes", "Low pressure at night",
        "The second pump runs all night.", "Answered and decided", outcome.page.url, "A pump", "5 days late",
        "Dropped", "No land",
    ):  # fmt: skip
        assert words in page, words
    page = read(address(other.receipt))
    assert "Not read as a theme" in page and "Counted, and not read as a theme" in page
    assert "The second pump runs all night." not in page


def test_an_overdue_answer_is_said(row, asha):
    came = made.open_response(row, asha)
    made.close(row)
    type(row).objects.filter(pk=row.pk).update(answer_due_on=clock.day(clock.now()) - timedelta(days=3))
    assert "3 days late" in read(address(came.receipt))


def test_words_are_taken_back_by_their_author_by_post_on_a_page_that_asks(row, asha, ben):
    came = made.open_response(row, asha, texts={0: "My own words"})
    page = reverse("consultations:withdraw", args=[came.receipt])
    assert Client().get(page)["Location"].startswith(reverse("accounts:sign_in"))
    assert signed_in(ben).get(page).status_code == 403
    assert signed_in(ben).post(page).status_code == 403
    assert "Take your words back?" in seen(signed_in(asha).get(page))
    assert Response.objects.get().state == "submitted"

    assert signed_in(asha).post(page)["Location"] == address(came.receipt)
    assert Response.objects.get().state == "withdrawn"
    assert Contribution.objects.get().state == "withdrawn"
    assert "Taken back by its author" in read(address(came.receipt))
    assert signed_in(asha).post(page).status_code == 409


def test_the_page_is_in_the_readers_language(row, asha):
    made.released_translation(row, "hi", {"title": "रात में पानी"})
    came = made.open_response(row, asha)
    page = read(f"/hi/voice/{came.receipt}/")
    assert "रात में पानी" in page


def test_a_removed_voice_says_why(row, asha):
    idea = made.published_idea(row, asha)
    remove(idea, reason="gone_at_origin", by=None, now=clock.now())
    assert "taken away where it was first written" in read(address(made.code_of(idea.response)))


def test_ones_own_page_leads_to_all_that_one_said(row, asha, ben):
    came = made.open_response(row, asha)
    idea = made.open_idea(row, asha)
    page = seen(signed_in(asha).get(reverse("accounts:home")))
    assert address(came.receipt) in page and address(made.code_of(idea.response)) in page
    assert "Receipt for your idea" in page
    other = seen(signed_in(ben).get(reverse("accounts:home")))
    assert address(came.receipt) not in other


def test_two_pages_of_one_voice_show_the_same_seal(row, asha):
    came = made.open_response(row, asha, texts={0: "My own words"})

    def seal() -> str:
        return read(address(came.receipt)).partition('class="code"><bdi>')[2][:39]

    first = seal()
    assert len(first.replace(" ", "")) == 32 and seal() == first
    Contribution.objects.update(text="Somebody else's words")
    assert seal() != first


def test_a_code_that_was_never_given_is_not_there():
    read(address(str(uuid.uuid4())), status=404)

"""Say something below an idea or a comment."""

import uuid

import pytest
from django.urls import reverse

from consultations.models import Contribution
from foundation import clock
from foundation.errors import BadInput, WrongState
from ideas import services
from tests.factories.consultations import close, ideas, released_consultation
from tests.ideas.conftest import proposed, said, shown
from tests.people import signed_in

WORDS = "The drain matters as much as the tap."


def address(contribution):
    return reverse("ideas:comment", args=[contribution.key])


def comments():
    return Contribution.objects.filter(kind="comment")


def test_a_comment_waits_for_a_moderator_and_gives_a_receipt(question, asha, ben):
    idea, browser = shown(question, asha), signed_in(ben)
    form = browser.get(address(idea))
    assert idea.idea.title in form.content.decode()
    key = form.context["form"]["request_key"].value()
    for _press in range(2):
        gone = browser.post(address(idea), {"text": WORDS, "request_key": key})
    comment = comments().get()
    assert (comment.state, comment.parent, comment.text) == ("pending", idea, WORDS)
    assert gone.url == reverse("ideas:detail", args=[idea.key])
    page = browser.get(gone.url).content.decode()
    assert "Your receipt:" in page and WORDS not in page


def test_where_words_are_shown_at_once_so_is_a_comment(asha, ben, db):
    row = released_consultation(title="At once", questions=[ideas()], moderation="after")
    idea = proposed(row.questions.get(), asha)
    browser = signed_in(ben)
    browser.post(address(idea), {"text": WORDS})
    assert comments().get().state == "published"
    assert WORDS in browser.get(reverse("ideas:detail", args=[idea.key])).content.decode()


def test_one_answers_a_comment_as_well(question, asha, ben, chitra):
    first = said(shown(question, asha), ben, "What about Sundays?")
    browser = signed_in(chitra)
    assert "What about Sundays?" in browser.get(address(first)).content.decode()
    browser.post(address(first), {"text": WORDS})
    assert comments().get(parent=first).text == WORDS


def test_what_is_not_shown_cannot_be_answered(question, asha, ben):
    waiting = proposed(question, asha)
    assert signed_in(ben).post(address(waiting), {"text": WORDS}).status_code == 404
    with pytest.raises(WrongState):
        services.comment(waiting, person=ben, text=WORDS, language="en", now=clock.now())
    assert not comments().exists()


def test_after_the_close_the_words_come_back(question, asked, asha, ben):
    idea = shown(question, asha)
    close(asked)
    assert "This consultation is closed" in signed_in(ben).get(address(idea)).content.decode()
    late = signed_in(ben).post(address(idea), {"text": WORDS})
    assert late.status_code == 409 and WORDS in late.content.decode() and not comments().exists()


def test_a_session_that_ended_loses_no_words(question, asha, client):
    idea = shown(question, asha)
    assert client.get(address(idea)).status_code == 302
    back = client.post(address(idea), {"text": WORDS})
    assert WORDS in back.content.decode() and "signed out" in back.content.decode()
    assert not comments().exists()


def test_members_of_the_agency_are_told_plainly_and_cannot(question, asha, esha):
    idea = shown(question, asha)
    page = signed_in(esha).get(address(idea)).content.decode()
    assert "You work for Nadipur Water Board" in page and "<textarea" not in page
    refused = signed_in(esha).post(address(idea), {"text": WORDS})
    assert refused.status_code == 403 and not comments().exists()


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u202c", "a" * 3001])
def test_words_that_cannot_be_a_comment_come_back_with_what_to_do(question, asha, ben, text):
    idea = shown(question, asha)
    back = signed_in(ben).post(address(idea), {"text": text, "request_key": str(uuid.uuid4())})
    assert back.status_code == 200 and "Problem:" in back.content.decode() and not comments().exists()


def test_the_service_itself_refuses_nothing_and_nul(question, asha, ben):
    idea = shown(question, asha)
    for text in ("", " \n", "a\x00b", "w" * 20_001):
        with pytest.raises(BadInput):
            services.comment(idea, person=ben, text=text, language="en", now=clock.now())
    assert not comments().exists()


def test_a_closed_phase_is_closed_for_talk_though_the_consultation_goes_on(question, asked, asha, ben):
    idea = shown(question, asha)
    asked.phases.update(closes_at=clock.now())
    with pytest.raises(WrongState):
        services.comment(idea, person=ben, text=WORDS, language="en", now=clock.now())

"""What this room shows in places of lower rooms."""

import pytest
from django.test import RequestFactory

from consultations.services import recount
from foundation import clock, slots
from foundation.slots import render
from ideas import services
from tests.factories.consultations import close, free_text, open_response, released_consultation
from tests.ideas.conftest import proposed, said, shown
from tests.people import signed_in


@pytest.fixture
def here():
    return RequestFactory().get("/en/somewhere/")


def test_the_door_to_the_ideas_stands_in_the_masthead(client, db):
    assert b'href="/en/ideas/"' in client.get("/en/ideas/").content
    assert any(f.template == "ideas/_door.html" for f in slots.fillings("masthead.doors"))


def test_a_consultation_shows_its_newest_ideas_and_the_way_to_suggest_one(here, question, asked, asha):
    for number in range(4):
        shown(question, asha, f"Idea {number}")
    part = render("consultation.parts", here, asked)
    assert "Idea 3" in part and "Idea 0" not in part and f"/ideas/propose/{question.pk}/" in part
    close(asked)
    part = render("consultation.parts", here, asked)
    assert "Idea 3" in part and "/propose/" not in part


def test_a_consultation_that_asks_for_none_shows_none(here, db):
    row = released_consultation(title="Other", questions=[free_text()])
    assert "Ideas from people" not in render("consultation.parts", here, row)


def test_ideas_and_comments_can_be_supported_and_answered_and_nothing_else(here, question, asked, asha, ben):
    idea = shown(question, asha)
    comment = said(idea, ben)
    for contribution in (idea, comment):
        acts = render("contribution.actions", here, contribution)
        assert f"{contribution.key}/support/" in acts and f"{contribution.key}/comment/" in acts
    assert render("contribution.actions", here, proposed(question, ben, "Waiting")) == ""
    other = released_consultation(title="Other", questions=[free_text(visibility="at_once")])
    answer = open_response(other, asha).response.contributions.get()
    assert "/support/" not in render("contribution.actions", here, answer)
    close(asked)
    idea.consultation.refresh_from_db()
    closed = render("contribution.actions", here, idea)
    assert "/support/" not in closed and "/comment/" not in closed


def test_ones_own_page_says_what_became_of_ones_ideas(question, asha, ben):
    shown(question, asha, "Shown idea")
    proposed(question, asha, "Waiting idea")
    page = signed_in(asha).get("/en/account/").content.decode()
    assert "Shown idea" in page and "Waiting idea" in page and "Waits for a moderator" in page
    assert "Your ideas and comments" not in signed_in(ben).get("/en/account/").content.decode()


def test_tags_stand_beside_an_idea_that_is_read_elsewhere(here, question, asha):
    assert "water" in render("contribution.beside", here, shown(question, asha, tags=["water"]))
    assert render("contribution.beside", here, shown(question, asha, "No tags")) == ""


def test_support_counts_of_the_hall_are_what_is_shown(here, question, asha, ben):
    idea = shown(question, asha)
    services.support(idea, person=ben, now=clock.now())
    recount([idea.pk], clock.now())
    idea.refresh_from_db()
    assert "(1)" in render("contribution.actions", here, idea)

"""Categories of ideas: written with the question, in each language, chosen with the idea, kept when taken away."""

import re

import pytest
from django.urls import reverse

from consultations.services import publish
from foundation import clock
from foundation.errors import BadInput
from ideas import services
from ideas.models import Idea
from tests.factories.consultations import edited, ideas, released_consultation
from tests.ideas.conftest import proposed, shown
from tests.people import signed_in

LIST = "ideas:index"


@pytest.fixture
def board(db):
    return released_consultation(title="Streets", questions=[ideas(categories=["Light", "Shade"])])


@pytest.fixture
def question(board):
    return board.questions.select_related("consultation__agency", "phase").get()


def key(question, at):
    return question.settings["options"][at]["id"]


def in_category(question, person, title, category):
    """An idea in a category that everybody can read."""
    came = services.propose(
        question, person=person, title=title, text="Words.", category=category, language="en", now=clock.now()
    )
    return publish(came.response.contributions.get(), by=None, now=clock.now())


def titles(page):
    return [row["title"] for row in page.context["rows"]]


def test_an_idea_is_proposed_in_a_category_and_shows_it(question, board, asha, client):
    browser = signed_in(asha)
    address = reverse("ideas:propose", args=[question.pk])
    assert "Shade" in browser.get(address).content.decode()
    typed = {"title": "Trees at the stops", "text": "Not roofs.", "category": key(question, 1)}
    look = browser.post(address, typed).content.decode()
    assert "Shade" in look and f'name="category" value="{key(question, 1)}"' in look
    assert browser.post(address, {**typed, "step": "send"}).status_code == 302
    assert Idea.objects.get().category == key(question, 1)


def test_a_list_is_narrowed_by_the_categories_of_the_chosen_consultation(question, board, asha, client):
    for title, category in (("Lamps", key(question, 0)), ("Trees", key(question, 1)), ("Neither", "")):
        in_category(question, asha, title, category)
    here = {"consultation": str(board.translation_key)}
    page = client.get(reverse(LIST), here).content.decode()
    assert re.search(r'<select name="category".*Light.*Shade', page, re.S)
    assert "Light" not in client.get(reverse(LIST)).content.decode()
    assert titles(client.get(reverse(LIST), {**here, "category": key(question, 0)})) == ["Lamps"]
    narrowed = client.get(reverse(LIST), {**here, "category": key(question, 1)})
    assert titles(narrowed) == ["Trees"] and "Ideas from people: Shade" in narrowed.content.decode()


def test_a_category_that_is_none_of_the_question_is_refused(question, asha):
    with pytest.raises(BadInput):
        services.propose(
            question, person=asha, title="T", text="Words.", category="x", language="en", now=clock.now()
        )
    assert not Idea.objects.exists()


def test_a_category_that_is_taken_away_stays_on_its_ideas_and_is_offered_no_more(
    question, board, asha, client
):
    shade = key(question, 1)
    contribution = in_category(question, asha, "Trees", shade)
    page = board.page.specific.get_latest_revision_as_object()
    raw = list(page.phases.raw_data)
    del raw[0]["value"]["questions"][0]["value"]["categories"][1]
    edited(board, phases=raw)
    question.refresh_from_db()
    assert [each["retired"] for each in question.settings["options"]] == [False, True]
    assert "Shade" in client.get(reverse("ideas:detail", args=[contribution.key])).content.decode()
    form = signed_in(asha).get(reverse("ideas:propose", args=[question.pk])).content.decode()
    assert "Light" in form and "Shade" not in form


def test_a_question_without_categories_asks_for_none(asha):
    question = released_consultation(title="Plain", questions=[ideas()]).questions.get()
    assert (
        "Category" not in signed_in(asha).get(reverse("ideas:propose", args=[question.pk])).content.decode()
    )
    assert shown(question, asha)


@pytest.mark.parametrize("tag", ["बस", "की", "جو", "पानी की टंकी", "bus stop", "père-noël"])
def test_a_tag_of_two_signs_is_a_tag_in_every_script(question, asha, tag):
    assert proposed(question, asha, tags=[tag]).idea.tags.get().name == tag


@pytest.mark.parametrize("tag", ["a", "é", "आ", "12", "a1", "-a", "a-", "a--b", "me@x.example", "x" * 31])
def test_what_is_no_word_is_no_tag(question, asha, tag):
    with pytest.raises(BadInput):
        proposed(question, asha, tags=[tag])

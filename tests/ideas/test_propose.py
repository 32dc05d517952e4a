"""A citizen proposes an idea: typed, shown similar ones, sent, and given a receipt."""

import uuid

import pytest
from django.urls import reverse

from consultations.models import Contribution, Response, Vote
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from ideas import services
from ideas.models import Idea
from tests.factories.consultations import close, free_text, ideas, released_consultation
from tests.ideas.conftest import proposed, shown
from tests.people import signed_in

TYPED = {
    "title": "Tanks on school roofs",
    "text": "A tank on each roof carries a ward through the night.",
    "tags": "",
}


def address(question):
    return reverse("ideas:propose", args=[question.pk])


def test_an_idea_is_a_contribution_whose_words_begin_with_its_title(question, asha):
    contribution = proposed(
        question, asha, "Tanks on roofs", "They last the night.", tags=["Water", "schools"]
    )
    assert contribution.kind == "idea" and contribution.state == Contribution.State.PENDING
    assert contribution.text == "Tanks on roofs\n\nThey last the night."
    assert contribution.idea.title == "Tanks on roofs"
    assert sorted(contribution.idea.tags.names()) == ["schools", "water"]


def test_the_same_request_twice_is_one_idea_with_one_receipt(question, asha):
    key = uuid.uuid4()
    come = [
        services.propose(
            question,
            person=asha,
            title="A tap",
            text="At the market.",
            language="en",
            request_key=key,
            now=clock.now(),
        )
        for _time in range(2)
    ]
    assert come[0].receipt == come[1].receipt
    assert (come[0].repeated, come[1].repeated) == (False, True)
    assert Idea.objects.count() == Contribution.objects.count() == 1


def test_members_of_the_asking_agency_and_closed_consultations_are_refused(question, asked, esha, asha):
    with pytest.raises(NotAllowed):
        proposed(question, esha)
    close(asked)
    question.refresh_from_db()
    with pytest.raises(WrongState):
        proposed(question, asha)
    assert not Idea.objects.exists() and not Response.objects.exists()


def test_a_question_of_another_kind_takes_no_ideas(asha, db):
    other = released_consultation(questions=[free_text()]).questions.get()
    with pytest.raises(WrongState):
        proposed(other, asha)


@pytest.mark.parametrize(
    ("title", "text", "tags"),
    [
        ("", "words", ()),
        ("title", " \n ", ()),
        ("t" * 121, "words", ()),
        ("title", "w" * 20_001, ()),
        ("title", "a\x00b", ()),
        ("title", "words", ("call 98765",)),
        ("title", "words", ("www.evil.com",)),
        ("title", "words", ("a@b.example",)),
        ("title", "words", ("one", "two", "three", "four", "five", "six")),
    ],
)
def test_what_cannot_be_an_idea_is_refused_whole(question, asha, title, text, tags):
    with pytest.raises(BadInput):
        proposed(question, asha, title, text, tags=tags)
    assert not Idea.objects.exists() and not Contribution.objects.exists()


def test_the_way_from_the_form_over_similar_ideas_to_the_receipt(question, asha, ben):
    near = shown(question, ben, "Water tanks on school roofs", "Roofs are flat; a tank would last the night.")
    shown(question, ben, "Benches in the park", "Old people like to sit.")
    browser = signed_in(asha)
    form = browser.get(address(question))
    assert form.status_code == 200 and b'name="request_key"' in form.content

    looked = browser.post(address(question), {**TYPED, "request_key": str(uuid.uuid4())})
    assert looked.status_code == 200
    page = looked.content.decode()
    assert near.idea.title in page and "Benches in the park" not in page
    assert TYPED["title"] in page and TYPED["text"] in page
    assert not Contribution.objects.filter(participant__person=asha).exists()

    sent = browser.post(address(question), {**looked.context["typed"], "step": "send"})
    said = Contribution.objects.get(participant__person=asha)
    assert sent.status_code == 302 and "/voice/" in sent.url
    assert said.idea.title == TYPED["title"]
    again = browser.post(address(question), {**looked.context["typed"], "step": "send"})
    assert again.url == sent.url
    assert Contribution.objects.filter(participant__person=asha).count() == 1


def test_one_can_go_back_and_the_typed_words_are_there(question, asha):
    back = signed_in(asha).post(address(question), {**TYPED, "tags": "water", "step": "edit"})
    assert back.status_code == 200 and not back.context["form"].is_bound
    assert TYPED["text"] in back.content.decode() and 'value="water"' in back.content.decode()


def test_one_can_support_a_similar_idea_instead(question, asha, ben):
    near = shown(question, ben, "Water tanks on school roofs", "A tank on each roof.")
    gone = signed_in(asha).post(address(question), {**TYPED, "instead": str(near.key)})
    assert gone.url == reverse("ideas:detail", args=[near.key])
    assert Vote.objects.get(contribution=near).participant.person == asha
    assert not Contribution.objects.filter(participant__person=asha).exists()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(question, client):
    gone = client.get(address(question))
    assert gone.status_code == 302
    assert gone.url.startswith(reverse("accounts:sign_in")) and str(question.pk) in gone.url


def test_words_typed_in_a_session_that_ended_are_not_lost(question, client):
    back = client.post(address(question), TYPED)
    page = back.content.decode()
    assert TYPED["text"] in page and "signed out" in page
    assert not Contribution.objects.exists()


def test_words_that_come_too_late_come_back_filled(question, asked, asha):
    close(asked)
    late = signed_in(asha).post(address(question), {**TYPED, "step": "send"})
    assert late.status_code == 409
    assert TYPED["text"] in late.content.decode()
    assert not Contribution.objects.exists()


def test_an_invalid_form_says_what_to_do_and_keeps_the_words(question, asha):
    back = signed_in(asha).post(address(question), {"title": " ", "text": "My reasons", "tags": "9876543210"})
    page = back.content.decode()
    assert "Fill in: Your idea in one line" in page and "of letters alone" in page and "My reasons" in page


def test_members_of_the_agency_are_told_plainly(question, esha):
    page = signed_in(esha).get(address(question)).content.decode()
    assert "You work for Nadipur Water Board" in page and "<textarea" not in page


def test_suggesting_leads_to_the_one_place_or_lets_one_choose(question, client):
    assert client.get(reverse("ideas:choose")).url == address(question)
    released_consultation(title="Streets for children", questions=[ideas()])
    page = client.get(reverse("ideas:choose")).content.decode()
    assert "Water at night" in page and "Streets for children" in page


def test_suggesting_when_nothing_is_open_says_so(asked, client):
    close(asked)
    page = client.get(reverse("ideas:choose"))
    assert page.status_code == 200 and b"Nothing is open for ideas now" in page.content

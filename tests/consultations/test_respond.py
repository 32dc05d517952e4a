"""Answering: one page, who sees it beside each field, and not a word lost on the way."""

import re
import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, Contribution, Phase, Response
from consultations.services import withdraw_response
from foundation import clock
from tests.consultations.looks import seen
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def form_of(row: Consultation, language: str = "en") -> str:
    return f"/{language}/consultations/{row.translation_key}/answer/{row.phases.get().pk}/"


def name(row: Consultation, at: int) -> str:
    return f"q{made.questions_of(row)[at].pk}"


def filled(row: Consultation, *answers: str, **more: str) -> dict[str, str]:
    typed = {name(row, at): answer for at, answer in enumerate(answers) if answer}
    return {"behalf": "person", "request_key": str(uuid.uuid4()), **typed, **more}


@pytest.fixture(autouse=True)
def _on_one_page(monkeypatch) -> None:
    """Three questions are still a short form here."""
    monkeypatch.setattr("consultations.views.answering.SHORT", 3)


@pytest.fixture
def row(db: None) -> Consultation:
    return made.released_consultation(
        questions=[
            made.free_text("Why?"),
            made.choice("When?", options=["Dawn", "Dusk"], visibility="confidential"),
            made.free_text("What else?", visibility="after_close"),
        ]
    )


def option(row: Consultation, at: int = 0) -> str:
    return made.questions_of(row)[1].settings["options"][at]["id"]


def test_a_stranger_is_asked_to_sign_in_and_comes_back(row):
    response = Client().get(form_of(row))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('accounts:sign_in')}?next={form_of(row).replace('/', '%2F')}"


def test_each_field_says_who_sees_it(row, asha):
    page = seen(signed_in(asha).get(form_of(row)))
    for at, words in enumerate(
        ("only counted and summarised", "it is confidential", "after moderation when it closes")
    ):
        hint = re.search(rf'id="id_{name(row, at)}_helptext">(.*?)</p>', page)
        assert hint and words in hint.group(1), (at, words)


def test_an_answer_comes_in_and_leads_to_its_receipt(row, asha):
    client = signed_in(asha)
    sent = filled(row, "Because of the night.", option(row), "A tap.", may_publish="on")
    response = client.post(form_of(row), sent)
    came = Response.objects.get()
    assert response.status_code == 302
    page = seen(client.get(response["Location"]))
    assert "Your answer is in" in page and "Because of the night." in page
    assert (came.may_publish, came.may_quote, came.language) == (True, False, "en")
    assert [c.state for c in came.contributions.order_by("question__position")] == [
        "counted",
        "counted",
        "pending",
    ]


def test_nothing_is_allowed_unless_it_was_said(row, asha):
    signed_in(asha).post(form_of(row), filled(row, "Because."))
    came = Response.objects.get()
    assert (came.may_publish, came.may_quote, came.behalf) == (False, False, "person")


def test_the_same_form_sent_twice_is_one_answer(row, asha):
    sent = filled(row, "Because.")
    first, second = (signed_in(asha).post(form_of(row), sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1


def test_a_form_with_a_mistake_comes_back_with_every_word(asha):
    row = made.released_consultation(
        questions=[made.free_text("Why?", longest=20), made.choice("When?", required=True)]
    )
    response = signed_in(asha).post(form_of(row), filled(row, "Far more than twenty letters <b>"))
    page = seen(response)
    assert "Far more than twenty letters &lt;b&gt;" in page
    assert 'role="alert"' in page and "Choose: When?" in page
    assert "<title>Problem: " in page
    assert not Response.objects.exists()


def test_an_empty_answer_is_not_taken(row, asha):
    page = seen(signed_in(asha).post(form_of(row), filled(row)))
    assert "Answer at least one question" in page
    assert not Response.objects.exists()


def test_words_that_come_too_late_are_given_back(row, asha):
    made.close(row)
    response = signed_in(asha).post(form_of(row), filled(row, "My late words", option(row, 1)))
    assert response.status_code == 409
    page = response.content.decode()
    assert "My late words" in page and "Dusk" in page and "This closed on" in page
    assert "readonly" in page
    assert not Response.objects.exists()
    assert signed_in(asha).get(form_of(row)).status_code == 409


def test_the_second_of_the_close_is_too_late(row, asha):
    for moment, status in ((row.closes_at, 409), (row.closes_at - timedelta(milliseconds=1), 302)):
        with mock.patch.object(clock, "database_now", return_value=moment):
            response = signed_in(asha).post(form_of(row), filled(row, "At the last moment"))
        assert response.status_code == status
        assert b"At the last moment" in response.content or status == 302


def test_a_close_between_the_look_and_the_act_loses_nothing(row, asha):
    moments = [row.closes_at - timedelta(seconds=1), row.closes_at]
    with mock.patch.object(clock, "database_now", side_effect=moments):
        response = signed_in(asha).post(form_of(row), filled(row, "At the last moment"))
    assert response.status_code == 409
    assert b"At the last moment" in response.content


def test_who_was_signed_out_while_writing_keeps_their_words(row):
    response = Client().post(form_of(row), filled(row, "Written for an hour"))
    assert response.status_code == 403
    assert b"Written for an hour" in response.content
    assert b"Sign in" in response.content


def test_people_of_the_agency_are_told_before_they_type(row, mohan, greta):
    response = signed_in(mohan).get(form_of(row))
    assert response.status_code == 403
    assert "You work for Nadipur Water Board" in response.content.decode()
    assert signed_in(mohan).post(form_of(row), filled(row, "As a citizen")).status_code == 403
    assert not Response.objects.exists()
    assert signed_in(greta).post(form_of(row), filled(row, "As a citizen")).status_code == 302


def test_who_answered_is_led_to_their_answer_and_can_answer_anew(row, asha):
    client = signed_in(asha)
    came = made.open_response(row, asha)
    response = client.get(form_of(row))
    assert response["Location"] == reverse("consultations:voice", args=[came.receipt])
    again = client.post(form_of(row), filled(row, "My second words"))
    assert again.status_code == 409
    assert b"My second words" in again.content

    withdraw_response(came.response, person=asha, now=clock.now())
    assert client.post(form_of(row), filled(row, "My second words")).status_code == 302


def test_an_organisation_answers_by_name_with_a_paper(row, asha):
    paper = SimpleUploadedFile("Letter of Asha Rao.pdf", b"%PDF-1.7 our position")
    sent = filled(row, "We think so.", behalf="organisation", organisation="River Friends")
    assert signed_in(asha).post(form_of(row), {**sent, "paper": paper}).status_code == 302
    came = Response.objects.get()
    assert (came.behalf, came.organisation) == ("organisation", "River Friends")
    assert came.paper.name.endswith(".pdf") and "Asha" not in came.paper.name


def test_an_organisation_needs_a_name_and_a_person_has_none(row, asha):
    client = signed_in(asha)
    nameless = seen(client.post(form_of(row), filled(row, "We.", behalf="organisation")))
    assert "Write the name of the organisation" in nameless
    person = seen(client.post(form_of(row), filled(row, "I.", organisation="River Friends")))
    assert "or leave its name and paper out" in person and "River Friends" in person
    assert not Response.objects.exists()


def test_the_hindi_form_feeds_the_same_consultation(row, asha, ben):
    made.released_translation(row)
    hindi = seen(signed_in(ben).get(form_of(row, "hi")))
    assert "प्रश्न 1" in hindi and "Why?" not in hindi
    signed_in(asha).post(form_of(row), filled(row, "In English", option(row)))
    signed_in(ben).post(form_of(row, "hi"), filled(row, "हिन्दी में", option(row)))

    said = Contribution.objects.filter(question__instrument="free_text")
    assert set(said.values_list("language", "wording__language", "text")) == {
        ("en", "en", "In English"),
        ("hi", "hi", "हिन्दी में"),
    }
    assert {c.consultation_id for c in Contribution.objects.all()} == {row.pk}
    chosen = Contribution.objects.filter(question__instrument="choice").values_list("answer", flat=True)
    assert {str(answer) for answer in chosen} == {str({"options": [option(row)]})}


def test_a_form_without_public_questions_does_not_ask_to_publish(asha):
    row = made.released_consultation(questions=[made.choice("When?")])
    page = seen(signed_in(asha).get(form_of(row)))
    assert "may_publish" not in page and "may_quote" not in page


def test_a_phase_that_has_only_ideas_has_no_form(asha):
    row = made.released_consultation(questions=[made.ideas()])
    assert signed_in(asha).get(form_of(row)).status_code == 404


def test_a_form_of_another_consultation_or_phase_is_not_there(row, asha):
    other = made.released_consultation(title="Another")
    phase = Phase.objects.get(consultation=other).pk
    assert (
        signed_in(asha).get(reverse("consultations:respond", args=[row.translation_key, phase])).status_code
        == 404
    )

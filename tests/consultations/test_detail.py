"""A consultation's page: what is decided and by when, what is asked and who sees it, whose turn it is."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation, ConsultationPage, Contribution, Question
from consultations.services import count_voices, publish
from consultations.views import answers
from foundation import clock
from tests.consultations.looks import read, seen
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def page_of(consultation: Consultation) -> str:
    return consultation.page.specific.url


def test_it_says_what_is_asked_and_who_sees_each_answer():
    row = made.released_consultation(
        questions=[
            made.free_text("Why?", visibility="confidential"),
            made.choice("When?", visibility="summarised", required=True),
            made.free_text("And else?", visibility="after_close"),
        ]
    )
    page = read(page_of(row))
    for words in (
        "Why?",
        "When?",
        "And else?",
        "Confidential",
        "Only counted and summarised",
        "must be answered",
    ):
        assert words in page
    assert "Published after moderation when it closes" in page
    assert "3 questions" in page and "1 must be answered" in page


def test_it_says_whose_turn_it_is_and_leads_to_the_form():
    row = made.released_consultation()
    page = read(page_of(row))
    assert "It is your turn" in page
    assert reverse("consultations:respond", args=[row.translation_key, row.phases.get().pk]) in page
    assert "Answer promised by" in page and "Not moved since it was announced" in page

    made.close(row)
    page = read(page_of(row))
    assert "It is our turn" in page
    assert "Start your answer" not in page


def test_a_moved_date_stays_visible():
    row = made.released_consultation()
    first = row.answer_due_on
    made.edited(row, answer_due_on=first + timedelta(days=30))
    row.refresh_from_db()
    assert row.answer_due_on != first
    assert "First promised by" in read(page_of(row))


def test_an_overdue_answer_is_counted_in_days():
    row = made.close(made.released_consultation())
    Consultation.objects.filter(pk=row.pk).update(answer_due_on=clock.day(clock.now()) - timedelta(days=12))
    assert "12 days late" in read(page_of(row))


def test_single_answers_are_shown_only_as_far_as_question_and_author_allow(asha, ben, chitra):
    row = made.released_consultation(
        questions=[
            made.free_text("Later?", visibility="after_close"),
            made.free_text("Never?", visibility="summarised"),
        ]
    )
    allowed = made.open_response(row, asha, texts={0: "Allowed words", 1: "Hidden words"}, may_publish=True)
    refused = made.open_response(row, ben, texts={0: "Private words"})
    unread = made.open_response(row, chitra, texts={0: "Unread words"}, may_publish=True)
    for came in (allowed, refused):
        publish(came.response.contributions.get(question__position=0), by=None, now=clock.now())

    assert "Allowed words" not in read(page_of(row))
    made.close(row)
    for address in (page_of(row), reverse("consultations:answers", args=[row.translation_key])):
        page = read(address)
        assert "Allowed words" in page
        for words in ("Hidden words", "Private words", "Unread words"):
            assert words not in page
    assert unread.response.participant.pseudonym not in read(page_of(row))


def test_how_people_answered_is_shown_after_the_close_and_not_before(asha, ben):
    row = made.released_consultation(
        questions=[
            made.choice("When?", options=["Dawn", "Dusk"]),
            made.rating("Secret?", visibility="confidential"),
        ]
    )
    dawn = Question.objects.get(consultation=row, instrument="choice").settings["options"][0]["id"]
    for somebody in (asha, ben):
        made.open_response(row, somebody, answers={0: {"options": [dawn]}, 1: {"points": 4}})
    assert "Dawn" not in read(page_of(row))
    made.close(row)
    page = read(page_of(row))
    assert "Dawn" in page and "2 answers" in page
    assert page.count("<figure") == 1


def test_members_of_the_agency_are_told_that_they_cannot_answer(mohan, asha):
    row = made.released_consultation()
    assert "you cannot answer here as a citizen" in seen(signed_in(mohan).get(page_of(row)))
    page = seen(signed_in(asha).get(page_of(row)))
    assert "cannot answer here as a citizen" not in page
    assert "Start your answer" in page


def test_who_answered_is_led_to_their_own_voice(asha):
    row = made.released_consultation()
    came = made.open_response(row, asha)
    page = seen(signed_in(asha).get(page_of(row)))
    assert reverse("consultations:voice", args=[came.receipt]) in page


def test_a_question_that_is_not_translated_is_shown_in_its_own_language():
    row = made.released_consultation(questions=[made.free_text("Why?")])
    translated = made.released_translation(row)
    page = row.page.specific.get_latest_revision_as_object()
    raw = list(page.phases.raw_data)
    raw[0]["value"]["questions"].append(made.free_text("Anything else?"))
    made.edited(row, phases=raw)

    hindi = read(translated.url)
    assert "प्रश्न 1" in hindi
    assert ' lang="en" dir="ltr">Anything else?' in hindi
    assert 'hreflang="en"' in hindi and page.url in hindi


def test_a_page_in_a_language_without_translation_leads_to_the_list():
    row = made.released_consultation()
    assert 'href="/hi/consultations/"' in read(page_of(row))


def test_the_preview_of_a_first_draft_shows_its_questions_without_rows():
    page = made.draft_page(questions=[made.free_text("Why?", visibility="confidential")])
    assert not Consultation.objects.exists()
    shown = page.make_preview_request().content.decode()
    assert "Why?" in shown and "Confidential" in shown and "Draft" in shown


def test_the_preview_of_an_edit_shows_the_new_words():
    row = made.released_consultation(questions=[made.free_text("Why?")])
    page = ConsultationPage.objects.get(pk=row.page_id)
    raw = list(page.phases.raw_data)
    raw[0]["value"]["questions"][0]["value"]["prompt"] = "Why not?"
    page.phases = raw
    shown = page.make_preview_request().content.decode()
    assert "Why not?" in shown
    assert "Why not?" not in read(page_of(row))


def test_a_link_to_one_answer_leads_to_the_page_on_which_it_stands(asha):
    row = made.released_consultation(questions=[made.free_text("Why?", visibility="at_once")])
    came = made.open_response(row, asha, texts={0: "The oldest"}, may_publish=True)
    oldest = publish(came.response.contributions.get(), by=None, now=clock.now())
    for number in range(answers.A_PAGE):
        newer = Contribution.objects.get(pk=oldest.pk)
        newer.pk, newer.key, newer.single, newer.text = None, uuid.uuid4(), False, f"Newer {number}"
        newer.published_at = clock.now()
        newer.save()
    address = reverse("consultations:answers", args=[row.translation_key])
    assert "The oldest" not in read(address)
    place = Client().get(address, {"at": str(oldest.key)})["Location"]
    assert place.endswith(f"?page=2#c-{oldest.key}")
    assert f'id="c-{oldest.key}"' in read(place.partition("#")[0])
    assert Client().get(address, {"at": "nonsense"})["Location"] == address


def test_what_is_asked_now_comes_first_then_later_then_before():
    now = clock.now()
    spans = {"Ideas first": (-9, -5), "A draft plan": (-1, 4), "The last word": (6, 9)}
    row = made.released_consultation(
        phases=[
            made.phase(title, now + timedelta(days=a), now + timedelta(days=b), [made.free_text(f"{title}?")])
            for title, (a, b) in spans.items()
        ]
    )
    page = read(page_of(row))
    order = [page.index(words) for words in ("Asked now, until", "A draft plan?", "Asked from", "The last word?",
                                             "Was asked until", "Ideas first?")]  # fmt: skip
    assert order == sorted(order)
    assert page.count("3 questions") == 1


def test_a_count_says_what_it_counts(asha, ben):
    row = made.released_consultation(questions=[made.free_text(), made.ideas()])
    made.open_response(row, asha)
    idea = made.published_idea(row, ben)
    made.published_comment(idea, asha)
    count_voices(clock.now())
    made.released_outcome(made.close(row))
    count_voices(clock.now())
    assert "3 voices" in read(reverse("consultations:outcomes"))

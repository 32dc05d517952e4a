"""Whatever editors do to a page, every answer stays with the question that its author answered."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command

from consultations import queries
from consultations.instruments import instruments
from consultations.models import Consultation, ConsultationPage, Contribution, Question, Wording
from foundation import clock
from foundation.errors import NotAllowed
from tests.consultations.looks import read
from tests.factories import consultations as made
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None) -> Consultation:
    return made.released_consultation(
        questions=[
            made.free_text("Why?"),
            made.choice("When?", options=["Dawn", "Dusk"]),
            made.rating("How good?"),
        ]
    )


@pytest.fixture
def answered(row: Consultation, asha: Any) -> Consultation:
    dawn = made.questions_of(row)[1].settings["options"][0]["id"]
    made.open_response(row, asha, texts={0: "Because."}, answers={1: {"options": [dawn]}, 2: {"points": 4}})
    return row


def blocks(row: Consultation) -> list[dict[str, Any]]:
    page = ConsultationPage.objects.get(pk=row.page_id).get_latest_revision_as_object()
    return deepcopy(list(page.phases.raw_data))


def questions_in(phases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return phases[0]["value"]["questions"]


def where_answers_are() -> dict[str, str]:
    return {
        str(c.question.block_id): c.text or str(c.answer)
        for c in Contribution.objects.select_related("question")
    }


def test_new_words_keep_the_answers_and_the_words_that_were_answered(answered):
    before = where_answers_are()
    phases = blocks(answered)
    questions_in(phases)[0]["value"]["prompt"] = "Why, in your own words?"
    made.edited(answered, phases=phases)

    assert where_answers_are() == before
    said = Contribution.objects.get(text="Because.")
    assert said.wording.words["prompt"] == "Why?"
    assert [w.words["prompt"] for w in Wording.objects.filter(question=said.question)] == [
        "Why?",
        "Why, in your own words?",
    ]
    assert queries.spec_for(said.question, "en").prompt == "Why, in your own words?"
    assert all(wording.approval_id for wording in Wording.objects.all())


def test_another_order_and_a_new_question_keep_the_answers(answered):
    before = where_answers_are()
    phases = blocks(answered)
    inside = questions_in(phases)
    inside.reverse()
    inside.insert(1, made.free_text("And besides?"))
    made.edited(answered, phases=phases)
    assert where_answers_are() == before
    assert [spec.prompt for _q, spec in queries.specs_for(answered, "en")] == [
        "How good?",
        "And besides?",
        "When?",
        "Why?",
    ]


def test_a_retired_question_keeps_its_answers_and_comes_back_with_them(answered):
    before = where_answers_are()
    phases = blocks(answered)
    gone = questions_in(phases).pop(0)
    made.edited(answered, phases=phases)
    assert where_answers_are() == before
    assert Question.objects.get(block_id=gone["id"]).retired_at is not None
    assert "Why?" not in [spec.prompt for _q, spec in queries.specs_for(answered, "en")]
    assert "Why?" in [spec.prompt for _q, spec in queries.specs_for(answered, "en", retired=True)]

    questions_in(phases).append(gone)
    made.edited(answered, phases=phases)
    assert Question.objects.get(block_id=gone["id"]).retired_at is None
    assert where_answers_are() == before


def test_a_retired_option_stays_counted_under_its_last_words(answered):
    phases = blocks(answered)
    questions_in(phases)[1]["value"]["options"].pop(0)
    questions_in(phases)[1]["value"]["options"].append(made.choice()["value"]["options"][1])
    made.edited(answered, phases=phases)
    question = Question.objects.get(consultation=answered, instrument="choice")
    spec = queries.spec_for(question, "en")
    tally = queries.tally_of(question, spec)
    assert [(line.label, line.count) for line in tally.lines] == [("Dusk", 0), ("At noon", 0), ("Dawn", 1)]
    field = instruments["choice"].form_field(spec)
    assert [label for _value, label in field.choices] == ["Dusk", "At noon"]


@pytest.mark.parametrize(
    ("at", "change", "words"),
    [
        (0, {"visibility": "at_once"}, "can only be tightened"),
        (2, {"points": 3}, "another length"),
    ],
)
def test_what_people_relied_on_cannot_change_once_they_answered(answered, at, change, words):
    phases = blocks(answered)
    questions_in(phases)[at]["value"].update(change)
    with pytest.raises(ValidationError, match=words):
        made.edited(answered, phases=phases)


def test_who_sees_the_answers_can_be_tightened(answered):
    phases = blocks(answered)
    questions_in(phases)[0]["value"]["visibility"] = "confidential"
    made.edited(answered, phases=phases)
    assert Question.objects.get(consultation=answered, instrument="free_text").visibility == "confidential"


def test_what_nobody_answered_yet_may_change(row):
    phases = blocks(row)
    questions_in(phases)[2]["value"]["points"] = 3
    questions_in(phases)[0]["value"]["visibility"] = "at_once"
    made.edited(row, phases=phases)
    assert Question.objects.get(consultation=row, instrument="rating").settings["points"] == 3


def test_a_copied_page_begins_anew_with_no_answer(answered):
    before = where_answers_are()
    source = ConsultationPage.objects.get(pk=answered.page_id)
    copy = source.copy(
        update_attrs={"title": "The same again", "slug": "the-same-again"},
        user=person("esha", agency=answered.agency),
    )
    copy = ConsultationPage.objects.get(pk=copy.pk)
    assert not copy.live
    with pytest.raises(NotAllowed):
        copy.publish(
            copy.get_latest_revision() or copy.save_revision(), user=person("anil", agency=answered.agency)
        )
    made.approve_and_publish(copy)

    other = Consultation.objects.get(translation_key=copy.translation_key)
    assert other.pk != answered.pk
    assert {q.block_id for q in other.questions.all()} == {q.block_id for q in answered.questions.all()}
    assert not other.contributions.exists()
    assert where_answers_are() == before


def test_a_translation_brings_words_and_nothing_else(answered):
    before = where_answers_are()
    dates = (answered.opens_at, answered.closes_at)
    page = made.released_translation(answered, "hi")
    phases = deepcopy(list(page.get_latest_revision_as_object().phases.raw_data))
    phases[0]["value"]["closes_at"] = (clock.now() + timedelta(days=300)).isoformat()
    phases[0]["value"]["questions"][0]["value"]["visibility"] = "at_once"
    made.edited(answered, language="hi", phases=phases)

    answered.refresh_from_db()
    assert (answered.opens_at, answered.closes_at, answered.title) == (*dates, "Water at night")
    assert set(answered.questions.values_list("visibility", flat=True)) == {"summarised"}
    assert Question.objects.filter(consultation=answered).count() == 3
    assert where_answers_are() == before
    spec = queries.spec_for(Question.objects.get(consultation=answered, instrument="choice"), "hi")
    assert (spec.language, spec.prompt) == ("hi", "प्रश्न 2")
    assert set(spec.words["options"].values()) == {"प्रश्न 2.1", "प्रश्न 2.2"}


def test_an_option_that_is_not_translated_yet_is_shown_as_its_source_says(answered):
    made.released_translation(answered, "hi")
    phases = blocks(answered)
    new = made.choice(options=["At noon"])["value"]["options"][0]
    questions_in(phases)[1]["value"]["options"].append(new)
    made.edited(answered, phases=phases)
    spec = queries.spec_for(Question.objects.get(consultation=answered, instrument="choice"), "hi")
    assert spec.words["options"][new["id"]] == "At noon"


def test_a_scheduled_page_is_registered_when_its_moment_comes_and_not_before():
    page = made.draft_page(title="Later")
    page.go_live_at = clock.now() + timedelta(days=1)
    page.save_revision(user=person("esha", agency=page.asking_agency()))
    made.approve_and_publish(page)
    assert not Consultation.objects.exists()
    read(page.url, status=404)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        call_command("publish_scheduled", verbosity=0)
        assert read(page.url)
    assert Consultation.objects.get().title == "Later"


def test_words_that_stay_the_same_make_no_new_version(answered):
    versions = Wording.objects.count()
    made.edited(answered, answer_due_on=answered.answer_due_on + timedelta(days=1))
    assert Wording.objects.count() == versions

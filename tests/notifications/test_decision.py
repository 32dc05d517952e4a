"""The letter about a moderator's decision: why, and how to have it looked at again."""

from datetime import timedelta

import pytest
from django.core import mail

from consultations.models import Contribution
from consultations.services import (
    Saying,
    Terms,
    code_of,
    hold,
    publish,
    reject,
    remove,
    say_officially,
    submit,
)
from moderation.models import Case
from moderation.models import Decision as Verdict
from moderation.services import open_case
from notifications import services
from notifications.letters.decision import SUBJECTS
from notifications.models import Letter
from tests.factories.consultations import open_idea, open_response
from tests.people import address


def open_comment(parent, somebody, text):
    """A comment as it came in, an hour ago, waiting for a moderator."""
    came = submit(
        parent.consultation,
        sayings=[Saying(text=text, kind=Contribution.Kind.COMMENT, parent=parent)],
        person=somebody,
        now=parent.received_at,
        terms=Terms(language="en"),
    )
    return came.response.contributions.get()


@pytest.fixture
def idea(consultation, asha, now):
    """Asha's idea; its receipt is not what these tests look at."""
    found = open_idea(consultation, asha, "Paint the tank blue", now=now - timedelta(hours=2))
    services.run_due(now)
    mail.outbox.clear()
    return found


def test_words_that_are_not_shown_bring_the_reason_in_words_and_the_way_to_appeal(idea, mohan, now, commit):
    with commit():
        reject(idea, reason="personal_data", by=mohan.pk, now=now)
    (letter,) = mail.outbox
    assert letter.to == [address("asha")]
    assert letter.subject == "Your idea was not published: Water at night"
    assert "personal data" in letter.body
    assert "Appeal on the page of your voice, once, in your own words." in letter.body
    assert code_of(idea.response) in letter.body
    assert "/en/voice/" in letter.body
    assert "Paint the tank" not in letter.body + letter.alternatives[0][0]


def test_the_same_decision_is_told_once_and_another_one_again(idea, mohan, now, commit):
    with commit():
        reject(idea, reason="spam", by=mohan.pk, now=now)
    assert services.find_missing(now) == 0
    with commit():
        publish(idea, by=None, now=now + timedelta(minutes=5))
    assert [letter.subject for letter in mail.outbox] == [
        "Your idea was not published: Water at night",
        "Your idea is published: Water at night",
    ]


def test_a_decision_that_was_changed_before_the_letter_went_is_not_told(idea, mohan, now):
    reject(idea, reason="spam", by=mohan.pk, now=now - timedelta(minutes=9))
    assert services.find_missing(now) == 1
    publish(idea, by=None, now=now)
    ended = services.run_due(now)
    assert (ended["cancelled"], ended["sent"]) == (1, 1)
    assert [letter.subject for letter in mail.outbox] == ["Your idea is published: Water at night"]


def test_a_comment_is_told_when_a_screen_held_it_and_not_when_it_only_waited(idea, ben, chitra, now, commit):
    publish(idea, by=None, now=now)
    waited, held = open_comment(idea, ben, "Yes."), open_comment(idea, chitra, "See https://buy.example now!")
    assert open_case(held, now=now).held_by
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        publish(waited, by=None, now=now)
        publish(held, by=None, now=now)
    decided = [letter for letter in mail.outbox if "reply" not in letter.subject]
    assert [(letter.to, letter.subject) for letter in decided] == [
        ([address("chitra")], "Your comment is published: Water at night")
    ]
    assert services.find_missing(now) == 0


def test_words_that_a_moderator_handed_to_a_colleague_were_held_too(consultation, asha, mohan, now, commit):
    answer = open_response(consultation, asha, may_publish=True, now=now - timedelta(hours=1))
    words = answer.response.contributions.get()
    Contribution.objects.filter(pk=words.pk).update(state="pending")
    case = open_case(words, now=now - timedelta(minutes=50)) or Case.objects.create(
        contribution=words, agency=consultation.agency, opened_at=now, due_at=now
    )
    Verdict.objects.create(case=case, verdict="hold", reason="check_again", by=mohan.pk, at=now)
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        publish(words, by=None, now=now)
    assert [letter.subject for letter in mail.outbox] == [
        "Your answer is no longer held back: Water at night"
    ]
    assert "as far as its question" in mail.outbox[0].body


def test_what_was_refused_and_is_shown_after_all_is_told_whatever_it_is(idea, ben, now, commit):
    publish(idea, by=None, now=now)
    comment = open_comment(idea, ben, "Yes.")
    with commit():
        reject(comment, reason="off_topic", by=None, now=now)
    with commit():
        publish(comment, by=None, now=now + timedelta(seconds=1))
    assert [letter.subject for letter in mail.outbox if letter.to == [address("ben")]][-1:] == [
        "Your comment is published: Water at night"
    ]


def test_being_held_says_nothing_yet(idea, now, commit):
    with commit():
        hold(idea, reason="check_links", by=None, now=now)
    assert mail.outbox == []


def test_what_a_moderator_takes_away_is_told_and_what_went_by_itself_is_not(
    idea, consultation, ben, now, commit
):
    other = open_idea(consultation, ben, now=now - timedelta(hours=2))
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        remove(idea, reason="threat", by=None, now=now)
        remove(other, reason="gone_at_origin", by=None, now=now)
    assert [letter.to for letter in mail.outbox] == [[address("asha")]]
    assert services.find_missing(now) == 0


def test_an_answer_that_is_published_with_many_others_brings_no_letter(consultation, asha, now, commit):
    submitted = open_response(consultation, asha, may_publish=True, now=now - timedelta(hours=1))
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        publish(submitted.response.contributions.get(), by=None, now=now)
    assert mail.outbox == []
    assert services.find_missing(now) == 0


def test_the_agencys_own_words_and_words_without_a_person_bring_none(consultation, esha, now, commit):
    with commit():
        official = say_officially(
            consultation, text="We read this.", parent=None, by=esha, now=now, language="en"
        )
        reject(official, reason="spam", by=None, now=now)
    assert not Letter.objects.filter(occasion="decision").exists()


def test_a_lost_nudge_is_found_by_the_clock(idea, now):
    reject(idea, reason="hate", by=None, now=now)
    assert services.run_due(now)["found"] == 1
    assert len(mail.outbox) == 1


def test_every_kind_of_words_has_a_subject_for_every_decision_that_is_told():
    told = {
        (state, kind)
        for state in (Contribution.State.REJECTED, Contribution.State.REMOVED)
        for kind in Contribution.Kind
        if kind != Contribution.Kind.HEARD
    }
    assert told <= set(SUBJECTS)

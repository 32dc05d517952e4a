"""Letters of moderation: danger to life goes first and to a person, appeals to the ombuds, the verdict to the author."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.roles import Role
from accounts.services import appoint, dismiss
from consultations.services import code_of, publish, reject
from moderation.models import Alarm, Review
from moderation.services import appeal, decide, end_alarm, open_case, raise_alarm, review
from notifications import services
from notifications.letters.danger import on_duty
from notifications.models import Letter
from tests.factories.consultations import open_idea, open_response
from tests.people import address, person


@pytest.fixture
def idea(consultation, asha, now):
    """Asha's idea; its receipt is not what these tests look at."""
    found = open_idea(consultation, asha, "Paint the tank blue", now=now - timedelta(hours=2))
    services.run_due(now)
    mail.outbox.clear()
    return found


def test_danger_reaches_the_duty_officer_before_all_other_letters(
    consultation, idea, ben, dev, mohan, now, commit
):
    open_response(consultation, ben, now=now - timedelta(days=1))
    services.find_missing(now)
    alarm = raise_alarm(idea, source="reader", by=None, now=now)
    assert services.find_missing(now) >= 1
    services.send_due(now)
    first = mail.outbox[0]
    assert first.to == [address("dev")] and first.subject.startswith("Read at once")
    assert f"/admin/moderation/alarms/{alarm.pk}/" in first.body and "call 112" in first.body
    assert "Paint the tank" not in first.body + first.alternatives[0][0]
    assert [letter.to for letter in mail.outbox].count([address("mohan")]) == 0
    assert services.find_missing(now) == 0


def test_it_is_sent_when_it_is_raised_and_not_after_somebody_answered(idea, dev, now, commit):
    with commit():
        raise_alarm(idea, source="reader", by=None, now=now)
    assert [letter.to for letter in mail.outbox] == [[address("dev")]]
    mail.outbox.clear()
    end_alarm(Alarm.objects.get(), by=dev, ending="helped", now=now)
    raise_alarm(idea, source="reader", by=None, now=now)
    services.find_missing(now)
    end_alarm(Alarm.objects.unanswered().get(), by=dev, ending="no_danger", now=now)
    assert services.run_due(now)["cancelled"] == 1 and mail.outbox == []


def test_without_a_duty_officer_it_reaches_somebody_else(consultation, omana, now):
    agency = consultation.agency
    dev, mohan = person("dev", agency=agency), person("mohan", agency=agency)
    assert on_duty(agency) == [dev]
    dismiss(dev.memberships.get(), by=None, now=now)
    assert on_duty(agency) == [mohan]
    dismiss(mohan.memberships.get(), by=None, now=now)
    assert on_duty(agency) == [omana]


def test_an_appeal_reaches_the_ombuds_and_nobody_of_the_agency(idea, mohan, omana, now, commit):
    reject(idea, reason="spam", by=mohan.pk, now=now)
    idea.refresh_from_db()
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        made = appeal(idea, words="My own words", language="en", now=now)
    assert [letter.to for letter in mail.outbox] == [[address("omana")]]
    assert f"/admin/moderation/appeals/{made.pk}/" in mail.outbox[0].body
    assert "My own words" not in mail.outbox[0].body
    assert services.find_missing(now) == 0


@pytest.mark.parametrize(
    ("verdict", "reason", "subject", "said"),
    [
        ("upheld", "spam", "Your appeal was decided: Water at night", "The decision stands."),
        ("reversed", "was_criticism", "Your appeal succeeded: Water at night", "reversed the decision"),
    ],
)
def test_the_author_gets_the_verdict_once_with_its_reason_and_words(
    idea, mohan, omana, now, commit, verdict, reason, subject, said
):
    reject(idea, reason="spam", by=mohan.pk, now=now)
    idea.refresh_from_db()
    made = appeal(idea, words="My own words", language="en", now=now)
    services.run_due(now)
    mail.outbox.clear()
    with commit():
        review(made, by=omana, verdict=verdict, reason=reason, answer="We read it twice.", now=now)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [([address("asha")], subject)]
    body = mail.outbox[0].body
    assert said in body and "We read it twice." in body and code_of(idea.response) in body
    assert services.find_missing(now) == 0


def test_what_chance_drew_brings_the_letter_about_decisions_alone(
    consultation, idea, omana, now, commit, settings
):
    settings.REVIEWED_UNASKED_PERCENT = 100
    mohan = person("mohan", agency=consultation.agency)
    case = open_case(idea, now=now)
    decide(case, by=mohan, verdict="reject", reason="spam", now=now)
    services.run_due(now)
    assert not Letter.objects.filter(occasion__startswith="appeal").exists()
    mail.outbox.clear()
    with commit():
        review(
            Review.objects.get(),
            by=omana,
            verdict="reversed",
            reason="in_doubt_shown",
            now=now + timedelta(hours=1),
        )
    assert [letter.subject for letter in mail.outbox] == ["Your idea is published: Water at night"]


def test_an_ombuds_moderator_of_the_agency_hears_nothing_and_an_old_appeal_is_not_told(
    consultation, idea, mohan, omana, now
):
    appoint(omana, agency=consultation.agency, role=Role.EDITOR, by=None, now=now)
    reject(idea, reason="spam", by=mohan.pk, now=now)
    idea.refresh_from_db()
    appeal(idea, words="Mine", language="en", now=now)
    services.find_missing(now)
    assert not Letter.objects.filter(occasion="appeal_waits").exists()
    publish(idea, by=None, now=now)
    assert services.find_missing(now) >= 0

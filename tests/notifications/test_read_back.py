"""Authors are asked by letter whether they were read rightly: each once, from the draft to the release."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import analysis.services
from accounts.services import erase_person
from analysis import read_backs
from analysis.models import Coding, ReadBack, Run, Theme
from consultations.models import Consultation
from consultations.services import code_of, withdraw_response
from foundation import claims, clock
from notifications import services
from notifications.models import Letter
from tests.factories.consultations import close, open_response, released_outcome
from tests.people import address

SAID = "The tank on the roof never fills."


@pytest.fixture
def voices(consultation, asha, ben, chitra, now):
    """Three answers, whose receipts are sent; it is closed."""
    said = [open_response(consultation, each, texts={0: SAID}).response for each in (asha, ben, chitra)]
    services.run_due(now)
    mail.outbox.clear()
    close(consultation)
    return said


@pytest.fixture
def run(consultation, voices, now) -> Run:
    """Asha and Ben are read as what Lata named; Chitra as what no person has named."""
    row = Run.objects.create(
        consultation=consultation, engine="themes", asked_at=now, due_at=now, state=claims.DONE
    )
    for label, named, read in (("The pump sleeps", True, voices[:2]), ("tank, roof", False, voices[2:])):
        theme = Theme.objects.create(run=row, language="en", label=label, named_by_person=named)
        for voice in read:
            Coding.objects.create(theme=theme, contribution=voice.contributions.get())
    return row


@pytest.fixture
def drafted(run, lata, now) -> Run:
    """Its outcome is drafted, and the nudge was lost."""
    analysis.services.draft(run, by=lata, now=now)
    return run


def asked() -> list[str]:
    """To whom the letter went, once for each."""
    return sorted(letter.to[0] for letter in mail.outbox if "read you rightly" in letter.subject)


BOTH = sorted([address("asha"), address("ben")])


def test_each_author_is_asked_once_however_often_it_is_drafted(consultation, run, lata, now, commit):
    services.run_due(clock.now())
    assert asked() == [], "nothing is drafted yet"
    for _time in ("first", "again"):
        with commit():
            analysis.services.draft(run, by=lata, now=now)
        assert asked() == BOTH
    Letter.objects.filter(occasion="read_back").update(state=Letter.State.CANCELLED)
    services.run_due(clock.now())
    assert asked() == BOTH
    assert Letter.objects.filter(occasion="read_back").count() == 2


def test_it_leads_to_the_voice_by_the_receipt_and_carries_no_words(drafted, consultation, voices):
    services.run_due(clock.now())
    (letter,) = [letter for letter in mail.outbox if letter.to == [address("asha")]]
    said = letter.body + letter.alternatives[0][0] + letter.subject
    assert SAID not in said and "The pump sleeps" not in said and "/reading/" not in said
    assert f"/en/voice/{code_of(voices[0])}/#read-rightly" in letter.body
    assert "until the answer is released" in letter.body and "The answer is due by" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for path in re.findall(r"http://localhost:8000(/[^\s<>#]+)", letter.body):
        assert Client().get(path).status_code == 200
    page = Client().get(f"/en/voice/{code_of(voices[0])}/").content.decode()
    assert 'id="read-rightly"' in page and not ReadBack.objects.exists()


def test_late_it_says_since_when(drafted, consultation):
    Consultation.objects.filter(pk=consultation.pk).update(answer_due_on="2020-05-01")
    services.run_due(clock.now())
    assert "The answer was due by 1 May 2020." in mail.outbox[0].body


def test_who_is_read_as_what_only_a_machine_named_waits_until_a_person_did(drafted, lata):
    services.run_due(clock.now())
    assert asked() == BOTH
    analysis.services.rename(drafted.themes.get(label="tank, roof"), label="Tanks", by=lata)
    services.run_due(clock.now())
    assert asked() == sorted([*BOTH, address("chitra")])


def released(consultation, **_others):
    released_outcome(consultation)


def taken_back(voices, asha, **_others):
    withdraw_response(voices[0], person=asha, now=clock.now())


def erased(asha, **_others):
    erase_person(asha, by=asha, now=clock.now())


def dropped(drafted, lata, **_others):
    analysis.services.drop(drafted.themes.get(named_by_person=True), by=lata, now=clock.now())


def withdrawn(consultation, **_others):
    Consultation.objects.filter(pk=consultation.pk).update(withdrawn_at=clock.now())


def answered(drafted, voices, **_others):
    theme = drafted.themes.get(named_by_person=True)
    read_backs.say(voices[0], theme=theme, rightly=True, words="", language="en", now=clock.now())


def stopped(asha, **_others):
    services.want_letters(asha.pk, wanted=False, now=clock.now())


@pytest.mark.parametrize("gone", [released, taken_back, erased, dropped, withdrawn, stopped, answered])
@pytest.mark.parametrize("put_down", [True, False])
def test_what_is_not_asked_any_more_is_not_sent(gone, put_down, drafted, consultation, voices, asha, lata):
    if put_down:
        assert services.find_missing(clock.now(), "read_back") == 2
    gone(drafted=drafted, consultation=consultation, voices=voices, asha=asha, lata=lata)
    services.run_due(clock.now())
    alone = gone in (taken_back, erased, stopped, answered)
    assert asked() == ([address("ben")] if alone else [])


def test_several_voices_stand_in_one_letter(voices, run, lata, now):
    theme = run.themes.get(named_by_person=True)
    other = voices[2]
    type(other).objects.filter(pk=other.pk).update(participant=voices[0].participant, form="other")
    other.contributions.update(participant=voices[0].participant)
    Coding.objects.create(theme=theme, contribution=other.contributions.get())
    analysis.services.draft(run, by=lata, now=now)
    services.run_due(clock.now())
    (letter,) = [letter for letter in mail.outbox if letter.to == [address("asha")]]
    assert all(f"/en/voice/{code_of(each)}/" in letter.body for each in (voices[0], other))


def test_finding_them_costs_the_same_for_two_and_for_nobody(drafted):
    costs = []
    for _time in ("two", "nobody"):
        with CaptureQueriesContext(connection) as queries:
            services.find_missing(clock.now(), "read_back")
        costs.append(len(queries))
    assert costs[0] <= 12 and costs[1] <= 5, costs

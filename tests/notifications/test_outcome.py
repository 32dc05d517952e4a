"""The answer to each who took part: to the very themes as which their own words were read."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from consultations.services import withdraw_response
from notifications import services
from notifications.models import Letter
from records.services import chain, head
from tests.factories.consultations import (
    close,
    open_response,
    released_consultation,
    released_outcome,
    released_translation,
    theme,
)
from tests.people import address


@pytest.fixture
def voices(consultation, asha, ben, chitra, now):
    """Three answers, whose receipts are sent."""
    said = [open_response(consultation, somebody).response for somebody in (asha, ben, chitra)]
    services.run_due(now)
    mail.outbox.clear()
    close(consultation)
    return said


def status(path):
    """The status of a page or file of ours, read to its end."""
    answer = Client().get(path)
    b"".join(answer)
    for stream in getattr(answer, "_resource_closers", []):
        stream()
    return answer.status_code


def release(consultation, voices):
    """Asha and Ben were read as one theme; Chitra as none."""
    first, second, _third = (voice.contributions.get() for voice in voices)
    low = theme("The pressure at night is low", voices=[first, second])
    return released_outcome(consultation, themes=[low, theme("Another matter")])


def test_each_gets_the_answer_to_what_they_said_and_nobody_elses(consultation, voices, commit):
    with commit():
        release(consultation, voices)
    letters = {letter.to[0]: letter for letter in mail.outbox if "answer has come" in letter.subject}
    assert set(letters) == {address("asha"), address("ben"), address("chitra")}
    assert "The pressure at night is low" in letters[address("asha")].body
    assert "the second pump runs from ten to five" in letters[address("asha")].body
    assert "Another matter" not in letters[address("asha")].body
    assert "The pressure at night is low" not in letters[address("chitra")].body
    assert "Counted, and not read as a theme" in letters[address("chitra")].body
    assert letters[address("asha")].body.count("/en/voice/") == 1


def test_it_carries_the_newest_head_of_the_register_and_how_to_check_it(consultation, voices, now, commit):
    release(consultation, voices)
    chain(now)
    services.run_due(now)
    body = next(letter.body for letter in mail.outbox if letter.to == [address("asha")])
    assert head().seq > 0
    assert f"verify.py records.ndjson --head {head()}" in body
    for path in re.findall(r"http://localhost:8000(/records/\S+)", body):
        assert status(path) == 200
    assert "/records/verify.py" in body


def test_its_links_lead_somewhere_and_its_way_out_is_in_the_headers(consultation, voices, now):
    release(consultation, voices)
    services.run_due(now)
    letter = next(letter for letter in mail.outbox if letter.to == [address("asha")])
    paths = set(re.findall(r"http://localhost:8000(/[^\s<>]+)", letter.body))
    assert len(paths) >= 4
    assert {path: status(path) for path in paths} == dict.fromkeys(paths, 200)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/en/letters/stop/")


def test_nobody_gets_it_twice_and_a_lost_nudge_is_found(consultation, voices, now):
    release(consultation, voices)
    assert services.run_due(now)["found"] == 3
    assert services.run_due(now) == {"found": 0, "expired": 0, "settled": 0}
    assert Letter.objects.filter(occasion="outcome").count() == 3


def test_who_took_their_words_back_is_not_written_to(consultation, voices, asha, now):
    release(consultation, voices)
    services.find_missing(now)
    withdraw_response(voices[0], person=asha, now=now)
    ended = services.send_due(now)
    assert (ended["sent"], ended["cancelled"]) == (2, 1)
    assert address("asha") not in [letter.to[0] for letter in mail.outbox]


def test_a_withdrawn_consultation_sends_no_answers(consultation, voices, now):
    release(consultation, voices)
    services.find_missing(now)
    Consultation.objects.filter(pk=consultation.pk).update(withdrawn_at=now)
    assert services.send_due(now) == {"cancelled": 3}


def test_words_that_stand_only_in_the_source_language_say_in_which_they_are(asha, db, now):
    row = released_consultation(title="Water at night")
    released_translation(row, "hi")
    voice = open_response(row, asha, language="hi").response
    services.run_due(now)
    mail.outbox.clear()
    close(row)
    released_outcome(row, themes=[theme("Low pressure", voices=[voice.contributions.get()])])
    services.run_due(now)
    (letter,) = mail.outbox
    html = letter.alternatives[0][0]
    assert 'lang="hi"' in html
    assert re.search(r'<blockquote lang="en"[^>]*>We heard you', html)
    assert "रात में पानी" in letter.subject


def test_finding_them_costs_the_same_for_three_and_for_nobody(consultation, voices, now):
    release(consultation, voices)
    with CaptureQueriesContext(
        connection,
    ) as many:
        services.find_missing(now, "outcome")
    with CaptureQueriesContext(connection) as none:
        services.find_missing(now, "outcome")
    assert len(many) <= 8
    assert len(none) <= 4

"""The receipt: one for each response, with the code that opens its page."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from consultations.services import code_of, withdraw_response
from notifications import services
from notifications.letters.receipt import due
from notifications.models import Letter
from tests.factories.consultations import open_idea, open_response
from tests.people import address


def test_a_response_brings_one_receipt_whose_link_opens_the_voice(consultation, asha, commit):
    with commit():
        submitted = open_response(consultation, asha)
    (letter,) = mail.outbox
    assert letter.to == [address("asha")]
    assert submitted.receipt in letter.body
    (path,) = set(re.findall(r"http://localhost:8000(/en/voice/\S+)", letter.body))
    page = Client().get(path)
    assert page.status_code == 200
    assert submitted.receipt in page.content.decode()
    assert "List-Unsubscribe" not in letter.extra_headers


def test_nudging_twice_is_one_letter(consultation, asha, now, commit):
    with commit():
        submitted = open_response(consultation, asha)
    assert services.put("receipt", [due(submitted.response)] * 2, now=now) == []
    assert services.find_missing(now) == 0
    assert Letter.objects.count() == 1


def test_a_lost_nudge_is_found_by_the_clock(consultation, asha, ben, now):
    """Nothing is committed here, so nobody was nudged."""
    open_response(consultation, asha)
    open_idea(consultation, ben)
    assert services.run_due(now) == {"found": 2, "expired": 0, "settled": 0, "sent": 2}
    assert sorted(letter.to[0] for letter in mail.outbox) == [address("asha"), address("ben")]
    assert services.run_due(now)["found"] == 0


def test_the_clock_does_not_dig_out_old_receipts(consultation, asha, now):
    open_response(consultation, asha, now=now - timedelta(days=3))
    assert services.run_due(now)["found"] == 0


def test_it_is_not_sent_when_the_words_were_taken_back_before(consultation, asha, now):
    submitted = open_response(consultation, asha)
    services.find_missing(now)
    withdraw_response(submitted.response, person=asha, now=now)
    assert services.send_due(now) == {"cancelled": 1}
    assert mail.outbox == []


def test_it_says_what_happens_next(consultation, asha, commit):
    with commit():
        open_idea(consultation, asha)
    (letter,) = mail.outbox
    assert "A moderator reads it within 24 hours" in letter.body
    assert "Nadipur Water Board answers by" in letter.body
    assert "Water at night" in letter.subject


def test_the_row_holds_keys_and_no_words(consultation, asha, now):
    submitted = open_response(consultation, asha, texts={0: "The canary sings at night."})
    services.find_missing(now)
    row = Letter.objects.values().get()
    assert row["facts"] == {"response": submitted.response.pk}
    for secret in ("canary", code_of(submitted.response), "asha@"):
        assert secret not in repr(row)


@pytest.mark.servers
def test_words_in_two_alphabets_travel_whole(consultation, asha, now, post):
    open_response(consultation, asha, language="hi")
    consultation.wordings.filter(key="consultation").update(
        words={"title": "रात में पानी – كيف؟", "summary": "", "answered_by": ""}
    )
    services.run_due(now)
    (letter,) = post.to(address("asha"))
    assert "रात में पानी – كيف؟" in letter.subject
    assert "रात में पानी – كيف؟" in letter.text
    assert "रात में पानी – كيف؟" in letter.html
    assert letter.message["Content-Language"] == "hi"
    assert "हमें आपके शब्द मिल गए: " in letter.subject
    assert "यह आपकी रसीद है।" in letter.text
    assert "यह आपकी रसीद है।" in letter.html
    assert "receipt" not in letter.text

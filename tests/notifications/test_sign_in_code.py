"""The letter with the code: leaves at once, and leaves no trace."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.services import ask_for_code
from notifications import services
from notifications.models import Letter
from tests.people import address

CODE = re.compile(r"\b[0-9]{6}\b")


def ask(now, whom="asha@people.example", language="en"):
    return ask_for_code(whom, browser="a-browser", network="10.0.0.0/24", language=language, now=now)


@pytest.fixture
def waiting(monkeypatch):
    """No worker answers: letters wait for the clock."""
    monkeypatch.setattr("notifications.tasks.poke", lambda *_task: None)


def test_the_code_leaves_at_once_for_a_stranger_and_opens_the_page_with_the_code_filled_in(db, now, commit):
    with commit():
        ask(now, whom="somebody@new.example")
    (letter,) = mail.outbox
    (code,) = set(CODE.findall(letter.subject))
    assert letter.to == ["somebody@new.example"]
    assert code in letter.body
    assert f"http://localhost:8000{reverse('accounts:confirm')}?code={code}" in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers
    assert not Letter.objects.exists()


def test_while_it_waits_neither_code_nor_address_rests_in_clear(db, now, commit, waiting):
    with commit():
        ask(now)
    row = Letter.objects.values().get()
    said = repr(row)
    assert "asha" not in said
    assert not CODE.search(said.replace(str(row["created_at"].microsecond), ""))
    services.send_due(now)
    assert len(mail.outbox) == 1


def test_a_second_code_to_the_same_mailbox_takes_the_place_of_the_first(db, now, commit, waiting):
    with commit():
        ask(now)
    with commit():
        ask(now, whom="ASHA+spam@people.example")
    assert Letter.objects.count() == 1
    services.send_due(now)
    assert len(mail.outbox) == 1


def test_two_codes_have_two_message_ids(db, now, commit):
    for _time in range(2):
        with commit():
            ask(now)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_a_code_that_is_no_longer_good_is_not_sent_and_goes(db, now, commit, waiting):
    with commit():
        fresh = ask(now)
    assert services.run_due(fresh.expires_at + timedelta(minutes=1))["expired"] == 1
    assert (mail.outbox, Letter.objects.count()) == ([], 0)


@pytest.mark.servers
def test_a_refused_code_leaves_no_row_behind(db, now, commit, waiting, post):
    post.answer(address("asha"), "550 5.1.1 no such user")
    with commit():
        ask(now)
    assert services.send_due(now) == {"refused": 1}
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("language", "word", "says"),
    [("hi", "hi", "आपका कोड"), ("ar", "ar", "رمزك"), ("xx", "en", "your code"), ("", "en", "your code")],
)
def test_it_is_written_in_the_readers_language_or_the_sites_own(db, now, commit, language, word, says):
    with commit():
        ask(now, language=language)
    (letter,) = mail.outbox
    assert letter.extra_headers["Content-Language"] == word
    assert says in letter.subject
    html = letter.alternatives[0][0]
    assert f'lang="{word}"' in html
    assert ('dir="rtl"' in html) == (word == "ar")


def test_a_worker_that_cannot_be_asked_stops_nobody_from_signing_in(db, now, commit, monkeypatch):
    def away(*_arguments, **_more):
        raise ConnectionError

    monkeypatch.setattr("notifications.tasks.send.apply_async", away)
    with commit():
        ask(now)
    assert mail.outbox == []
    assert services.run_due(now)["sent"] == 1
    assert len(mail.outbox) == 1

"""The newsletter: one letter to each reader, the same Message-ID at each try, and a way out in every one."""

from datetime import timedelta

import pytest

from foundation.http import AuthExpired, Refused
from outreach.channels import channels
from outreach.channels.base import Account, Message, NotNow
from tests.servers.mail import mail_server

CHANNEL = channels()["email"]
PART = CHANNEL.compose(Message("Résumé: ✅ bridge", "Seven lights.", "http://localhost:8000/x/"), "en")[0]
HERE = Account(key="email", name="water", sender="Water Board <no-reply@water.example>")


def test_a_letter_goes_to_one_reader_with_the_way_out_in_its_headers_and_at_its_foot(post_office, trying):
    leave = "https://samvad.example/outreach/leave/abc/"
    receipt = CHANNEL.publish(PART, trying(HERE, recipient="asha@people.example", leave_url=leave))
    (letter,) = post_office.to("asha@people.example")
    assert letter.recipients == ("asha@people.example",)
    assert letter.message["To"] == "asha@people.example"
    assert letter.message["Message-ID"] == receipt.remote_id
    assert letter.message["List-Unsubscribe"] == f"<{leave}>"
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.message["List-Id"] == "<water.localhost>"
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.subject == "Résumé: ✅ bridge"
    assert "Seven lights." in letter.text
    assert "http://localhost:8000/x/" in letter.text
    assert leave in letter.text


def test_each_try_of_a_delivery_has_the_same_message_id_and_another_delivery_another(trying):
    ids = [CHANNEL.publish(PART, trying(HERE, key=key, recipient="a@b.example")).remote_id for key in "112"]
    assert ids[0] == ids[1] != ids[2]


def test_try_later_and_never_are_told_apart(post_office, trying):
    post_office.answer("grey@people.example", "451 4.7.1 come again", times=1)
    post_office.answer("gone@people.example", "550 5.1.1 no such user")
    attempt = trying(HERE, recipient="grey@people.example")
    with pytest.raises(NotNow) as later:
        CHANNEL.publish(PART, attempt)
    assert later.value.until == attempt.now + timedelta(minutes=15)
    assert not later.value.permanent
    CHANNEL.publish(PART, attempt)
    with pytest.raises(Refused) as never:
        CHANNEL.publish(PART, trying(HERE, recipient="gone@people.example"))
    assert never.value.status == 550
    assert never.value.permanent
    assert [letter.recipients for letter in post_office.letters] == [("grey@people.example",)]


def test_a_mail_server_that_is_away_has_surely_got_nothing(post_office, settings, trying):
    settings.EMAIL_PORT = 9
    with pytest.raises(NotNow):
        CHANNEL.publish(PART, trying(HERE, recipient="a@b.example"))


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_asks_to_connect_again(settings, trying):
    with mail_server(user="samvad", password="right") as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 5
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samvad", "wrong"
        with pytest.raises(AuthExpired):
            CHANNEL.publish(PART, trying(HERE, recipient="a@b.example"))
        assert office.letters == []


def test_a_subject_cannot_smuggle_a_header(post_office, trying):
    part = CHANNEL.compose(Message("Hello\r\nBcc: all@people.example", "Words"), "en")[0]
    CHANNEL.publish(part, trying(HERE, recipient="a@b.example"))
    (letter,) = post_office.to("a@b.example")
    assert letter.message["Bcc"] is None
    assert letter.subject == "Hello Bcc: all@people.example"


def test_a_letter_without_subject_stops_and_a_long_one_is_only_hinted_at():
    nameless = CHANNEL.validate(CHANNEL.compose(Message("", "Words"), "en"))
    assert [problem.stops for problem in nameless] == [True]
    long = CHANNEL.validate(CHANNEL.compose(Message("a" * 90, "Words"), "en"))
    assert [problem.stops for problem in long] == [False]

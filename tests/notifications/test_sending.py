"""Sending over a real SMTP conversation: never twice, never silently lost, each answer told apart."""

from datetime import timedelta

import pytest

from accounts.services import open_account
from foundation import claims
from notifications import conf, services
from notifications.models import Letter
from notifications.services.postbox import Postbox
from tests.consultations import drafts
from tests.factories.consultations import open_response, released_consultation
from tests.notifications.letters import (
    answers_after_words,
    goes_dead_after_words,
    goes_dead_before_words,
    receipt_for,
)
from tests.people import address

pytestmark = pytest.mark.servers
State = Letter.State


@pytest.fixture
def letter(consultation, asha, now):
    return receipt_for(consultation, asha, now)


def test_a_letter_that_is_due_goes_out_once_and_says_so(post, letter, now):
    assert services.send_due(now) == {"sent": 1}
    assert services.send_due(now) == {}
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.lease_until) == (State.SENT, now, None)
    (came,) = post.to(address("asha"))
    assert came.message["Message-ID"] == f"<{letter.message_id}@localhost>"
    assert came.message["Auto-Submitted"] == "auto-generated"
    assert came.message["To"] == address("asha")


def test_come_again_later_waits_longer_each_time_and_then_goes(post, letter, now):
    post.answer(address("asha"), "451 4.7.1 greylisted", times=2)
    assert services.send_due(now) == {"due": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.last_error, letter.handed_at) == (State.DUE, "451", None)
    assert conf.WAITS[0] <= letter.due_at - now < conf.WAITS[0] + timedelta(seconds=5)
    assert services.send_due(now) == {}
    later = now + conf.WAITS[0] + timedelta(seconds=6)
    assert services.send_due(later) == {"due": 1}
    letter.refresh_from_db()
    assert letter.due_at - later >= conf.WAITS[1]
    assert services.send_due(letter.due_at) == {"sent": 1}
    assert len(post.to(address("asha"))) == 1
    assert post.asked == [address("asha")] * 3


def test_come_again_later_for_three_days_is_given_up_and_said(post, letter, now):
    post.answer(address("asha"), "451 4.7.1 greylisted")
    moment = now
    while (letter.state, moment - now < timedelta(days=4)) == (State.DUE, True):
        services.send_due(moment)
        letter.refresh_from_db()
        moment = max(letter.due_at, moment + timedelta(seconds=1))
    assert (letter.state, letter.last_error) == (State.REFUSED, "451")
    assert letter.attempts < 30


def test_a_mailbox_that_is_not_there_is_refused_for_good_and_its_address_is_not_repeated(post, letter, now):
    post.answer(address("asha"), f"550 5.1.1 <{address('asha')}> no such user")
    assert services.send_due(now) == {"refused": 1}
    assert services.send_due(now + timedelta(days=1)) == {}
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.REFUSED, "550")


def test_words_that_are_refused_after_they_were_heard_are_a_clear_answer_too(post, letter, now):
    answers_after_words(post, "554 5.7.1 we do not like it")
    assert services.send_due(now) == {"refused": 1}


def test_words_that_are_put_off_after_they_were_heard_go_again(post, letter, now):
    answers_after_words(post, "452 4.3.1 disk full")
    assert services.send_due(now) == {"due": 1}
    letter.refresh_from_db()
    assert (letter.last_error, letter.handed_at) == ("452", None)


def test_a_line_that_goes_dead_after_the_words_is_unknown_and_never_sent_again_by_itself(post, letter, now):
    goes_dead_after_words(post)
    assert services.send_due(now) == {"unknown": 1}
    for days in (1, 2, 9):
        assert services.run_due(now + timedelta(days=days)).get("sent") is None
    letter.refresh_from_db()
    assert letter.state == State.UNKNOWN
    assert len(post.letters) == 1


def test_a_line_that_goes_dead_before_the_words_surely_sent_nothing_and_goes_again(post, letter, now):
    take = post.handle_RCPT
    goes_dead_before_words(post)
    assert services.send_due(now) == {"due": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.DUE, "no_line")
    post.handle_RCPT = take
    assert services.send_due(letter.due_at) == {"sent": 1}
    assert len(post.letters) == 1


def test_a_mail_server_that_is_away_costs_no_letter_a_try(settings, letter, now):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    assert services.send_due(now) == {"no_server": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.DUE, 0)


def test_one_refused_letter_does_not_hold_up_the_others(post, consultation, asha, ben, chitra, now):
    for somebody in (asha, ben, chitra):
        receipt_for(consultation, somebody, now)
    post.answer(address("ben"), "550 5.1.1 no such user")
    assert services.send_due(now) == {"sent": 2, "refused": 1}
    assert [letter.recipients for letter in post.letters] == [(address("asha"),), (address("chitra"),)]


def test_a_line_that_the_server_closed_between_two_letters_is_opened_anew(
    post, letter, consultation, ben, now
):
    box = Postbox()
    box.open()
    first = box._line.connection
    first.sock.close()
    first.close()
    box.open()
    assert box._line.connection is not first
    assert box._line.connection.noop()[0] == 250
    box.close()


def test_a_worker_that_died_before_the_words_loses_nothing(post, letter, now):
    claims.claim(Letter, letter.pk, now=now, lease=conf.LEASE)
    after = now + conf.LEASE + timedelta(seconds=1)
    assert services.settle(now) == 0
    assert services.settle(after) == 1
    assert services.send_due(after) == {"sent": 1}


def test_a_worker_that_died_after_the_words_leaves_it_to_a_person(post, letter, now):
    claims.claim(Letter, letter.pk, now=now, lease=conf.LEASE, handed_at=now)
    after = now + conf.LEASE + timedelta(seconds=1)
    assert services.run_due(after) == {"found": 0, "expired": 0, "settled": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.UNKNOWN, "worker_lost")
    assert post.letters == []


def test_a_worker_that_comes_back_late_finds_the_letter_taken_over_and_sends_nothing(
    post, letter, now, monkeypatch
):
    """Between the claim and the words the lease runs out and another look puts the letter back."""
    listen = Postbox.hand_over

    def slowly(box, message, *, before_words):
        services.settle(now + conf.LEASE + timedelta(minutes=1))
        return listen(box, message, before_words=before_words)

    monkeypatch.setattr(Postbox, "hand_over", slowly)
    assert services.send_due(now) == {}
    assert post.letters == []
    letter.refresh_from_db()
    assert letter.state == State.DUE
    monkeypatch.undo()
    assert services.send_due(letter.due_at) == {"sent": 1}


def test_a_letter_that_cannot_be_written_waits_and_is_said_in_the_log(post, letter, now, monkeypatch, caplog):
    monkeypatch.setattr("notifications.letters.receipt.code_of", lambda response: 1 / 0)
    assert services.send_due(now) == {"due": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (State.DUE, "ZeroDivisionError")
    assert "could not be written" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_letter_once(post, now, together, monkeypatch):
    monkeypatch.setattr("notifications.tasks.poke", lambda *_task: None)  # the workers below are enough
    drafts.site()
    row = released_consultation()
    for number in range(6):
        open_response(row, open_account(f"reader{number}@people.example", now=now))
    keys = list(Letter.objects.filter(occasion="receipt").values_list("pk", flat=True))
    results = together(8, lambda _number: services.send_letters(keys, now=now))
    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(result.get("sent", 0) for result in results) == len(keys) == 6
    recipients = [letter.recipients for letter in post.letters]
    assert len(recipients) == len(set(recipients)) == 6

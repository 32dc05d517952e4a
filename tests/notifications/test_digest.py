"""The digest: what waited in one letter, each of it asked again; nothing empty, nothing twice, no more than one wants."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.services import erase_person
from consultations.models import Contribution
from consultations.services import reject
from notifications import services
from notifications.models import Letter
from notifications.services.gather import next_time
from tests.consultations import drafts
from tests.factories.consultations import open_idea, published_comment, published_idea, released_consultation
from tests.notifications.letters import goes_dead_after_words
from tests.people import person

State = Letter.State
HERE = ZoneInfo("Asia/Kolkata")


def wants(somebody, pace, now, unwanted=()):
    services.choose(somebody.pk, unwanted=unwanted, pace=pace, language="", now=now)


@pytest.fixture
def replies(consultation, asha, ben, now):
    """Three replies to Asha's idea; her receipts are sent, the replies wait."""
    idea = published_idea(consultation, asha, "A tap at the market")
    found = [published_comment(idea, ben, f"Reply number {number}") for number in range(3)]
    wants(asha, "daily", now, unwanted=["decisions"])
    services.run_due(now)
    mail.outbox.clear()
    return found


def gathered():
    return Letter.objects.filter(state=State.GATHERED)


def to_asha():
    return [letter for letter in mail.outbox if letter.to == ["asha@people.example"]]


def test_letters_wait_until_the_morning_and_come_in_one(replies, asha, now):
    assert gathered().count() == 3
    services.run_due(now + timedelta(minutes=1))
    assert to_asha() == []
    later = now + timedelta(days=1, minutes=1)
    services.run_due(later)
    (letter,) = to_asha()
    assert letter.subject == "3 things have happened"
    assert [f"Reply number {number}" in letter.body for number in range(3)] == [True] * 3
    html = letter.alternatives[0][0]
    assert html.count("<h2") == 3
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not gathered().exists()
    assert Letter.objects.filter(occasion="reply", state=State.SENT, sent_at__isnull=False).count() == 3
    services.run_due(later + timedelta(days=9))
    assert len(to_asha()) == 1


def test_what_was_removed_meanwhile_is_not_in_it(replies, asha, now):
    Contribution.objects.filter(pk=replies[1].pk).update(state="removed", reason="threat")
    services.run_due(now + timedelta(days=1, minutes=1))
    (letter,) = to_asha()
    assert letter.subject == "2 things have happened"
    assert "Reply number 1" not in letter.body + letter.alternatives[0][0]
    assert Letter.objects.get(thing=f"reply:{replies[1].pk}").state == State.CANCELLED


def test_nothing_empty_is_sent(replies, asha, now):
    Contribution.objects.filter(pk__in=[reply.pk for reply in replies]).update(
        state="removed", reason="threat"
    )
    services.run_due(now + timedelta(days=1, minutes=1))
    assert to_asha() == []
    assert not gathered().exists()
    assert set(Letter.objects.filter(occasion__in=["reply", "digest"]).values_list("state", flat=True)) == {
        State.CANCELLED
    }


def test_who_stops_letters_while_they_wait_gets_none(replies, asha, now):
    services.want_letters(asha.pk, wanted=False, now=now)
    services.run_due(now + timedelta(days=1, minutes=1))
    assert to_asha() == []
    assert not gathered().exists()


def test_who_leaves_out_a_group_while_it_waits_gets_none_of_it(replies, asha, now):
    wants(asha, "daily", now, unwanted=["replies"])
    services.run_due(now + timedelta(days=1, minutes=1))
    assert to_asha() == []


def test_who_wants_each_at_once_again_gets_what_waits_at_the_next_look(replies, asha, now):
    wants(asha, "at_once", now)
    services.run_due(now)
    (letter,) = to_asha()
    assert letter.subject == "3 things have happened"


def test_receipts_and_codes_never_wait(consultation, asha, now):
    wants(asha, "weekly", now)
    open_idea(consultation, asha)
    services.put_code(address="asha@people.example", code="123456", language="en", minutes=10, now=now)
    services.run_due(now)
    assert len(to_asha()) == 2
    assert not gathered().exists()


def test_who_had_enough_letters_this_week_gets_the_rest_in_a_digest(consultation, asha, ben, now, settings):
    settings.LETTERS_PER_WEEK = 2
    idea = published_idea(consultation, asha)
    for number in range(5):
        published_comment(idea, ben, f"Reply number {number}")
    services.choose(asha.pk, unwanted=["decisions"], pace="at_once", language="", now=now)
    services.run_due(now)
    told = [letter for letter in to_asha() if "reply" in letter.subject]
    assert (len(told), gathered().count()) == (2, 3)
    services.run_due(now + timedelta(days=6))
    assert gathered().count() == 3
    services.run_due(now + timedelta(days=7, minutes=1))
    assert [letter.subject for letter in to_asha()][-1] == "3 things have happened"
    assert not gathered().exists()


def test_the_moment_is_the_next_morning_and_for_a_week_the_next_monday():
    friday = datetime(2026, 11, 20, 21, 0, tzinfo=HERE)
    assert next_time(friday, "daily") == datetime(2026, 11, 21, 7, 0, tzinfo=HERE)
    assert next_time(friday, "weekly") == datetime(2026, 11, 23, 7, 0, tzinfo=HERE)
    monday = datetime(2026, 11, 23, 6, 0, tzinfo=HERE)
    assert next_time(monday.astimezone(UTC), "weekly") == monday.replace(hour=7)
    assert next_time(monday.replace(hour=7), "weekly") == datetime(2026, 11, 30, 7, 0, tzinfo=HERE)


def test_an_erased_person_leaves_nothing_that_waits(replies, asha, now):
    erase_person(asha, by=asha, now=now)
    services.run_due(now + timedelta(days=1, minutes=1))
    assert to_asha() == []
    assert not gathered().exists()


@pytest.mark.servers
def test_a_digest_of_which_nobody_knows_is_decided_by_a_person_and_holds_its_letters(
    post, replies, asha, pavan, now
):
    goes_dead_after_words(post)
    later = now + timedelta(days=1, minutes=1)
    services.run_due(later)
    digest = Letter.objects.get(occasion="digest")
    assert (digest.state, gathered().count()) == (State.UNKNOWN, 3)
    services.run_due(later + timedelta(days=2))
    assert Letter.objects.filter(occasion="digest").count() == 1
    services.let_be(digest, by=pavan, now=later)
    assert not gathered().exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_one_digest(together, monkeypatch, now):
    monkeypatch.setattr("notifications.tasks.poke", lambda *_task: None)
    drafts.site()
    asha, ben = person("asha"), person("ben")
    idea = published_idea(released_consultation(questions=None), asha)
    for number in range(3):
        published_comment(idea, ben, f"Reply number {number}")
    wants(asha, "daily", now, unwanted=["decisions"])
    services.run_due(now)
    mail.outbox.clear()
    later = now + timedelta(days=1, minutes=1)
    results = together(6, lambda _number: (services.put_digests(later), services.send_due(later)))
    assert not [result for result in results if isinstance(result, Exception)]
    services.send_due(later)
    assert sum(result[0] for result in results) == 1
    assert [letter.subject for letter in mail.outbox] == ["3 things have happened"]
    assert Letter.objects.filter(occasion="reply", state=State.SENT).count() == 3


def test_a_refusal_waits_too_when_one_wants_a_digest(consultation, asha, now):
    wants(asha, "weekly", now)
    reject(open_idea(consultation, asha), reason="spam", by=None, now=now)
    services.run_due(now)
    assert [letter.occasion for letter in gathered()] == ["decision"]
    services.run_due(now + timedelta(days=8))
    assert "Your idea was not published" in to_asha()[-1].body

"""Never twice, never lost: whatever a network answers, or does not answer."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from foundation import claims, clock, outbox
from foundation.http import AuthExpired, RateLimited, Refused, Unknown
from outreach import conf, services, signals
from outreach.channels.base import NotNow
from outreach.models import ChannelAccount, Delivery, Post
from tests.outreach.conftest import NOW, agree, approve, only, record_lines, word

pytestmark = pytest.mark.django_db
State = Delivery.State
SOON = timedelta(seconds=31)  # after the lease


def heard_of(signal):
    """What was announced, as it comes."""
    facts = []
    signal.connect(lambda **said: facts.append(said), weak=False, dispatch_uid="tests.heard_of")
    return facts


def test_an_approved_post_goes_out_once_with_a_receipt_a_line_and_an_announcement(approved, network, commit):
    told = heard_of(signals.post_sent)
    with commit():
        assert services.send_due(NOW) == 1
        assert services.send_due(NOW) == 0
    signals.post_sent.disconnect(dispatch_uid="tests.heard_of")
    delivery = only(approved)
    assert (delivery.state, delivery.remote_id) == (State.PUBLISHED, "r1")
    assert delivery.published_at - NOW < timedelta(seconds=5)
    assert delivery.remote_url == "https://scripted.example/r1"
    assert [said["delivery"].pk for said in told] == [delivery.pk]
    (line,) = record_lines("post_sent")
    assert line["agency"] == "water"
    assert line["body"]["channel"] == "scripted"
    assert len(line["body"]["sha256"]) == 64
    assert "bridge" not in str(line).lower()
    assert len(network.posts) == 1


def test_it_waits_for_its_time(worded, priya, paul, network):
    services.submit_for_approval(worded, by=priya, now=NOW, go_at=NOW + timedelta(hours=1))
    agree(worded, by=paul, now=NOW)
    assert services.send_due(NOW + timedelta(minutes=59)) == 0
    assert services.send_due(NOW + timedelta(hours=1)) == 1


def test_a_definite_no_is_refused_and_not_tried_again(approved, network):
    network.fails(Refused(422, "Too long"))
    for later in range(3):
        assert services.run_due(NOW + timedelta(minutes=later))["sent"] == 0
    assert only(approved).state == State.REFUSED
    assert only(approved).last_error == "Too long"
    assert len(network.attempts) == 1


def test_a_lost_answer_is_looked_up_before_any_second_try(approved, network):
    network.loses_answer(Unknown("No answer"))
    assert services.send_due(NOW) == 0
    assert only(approved).state == State.ATTEMPTING
    assert services.send_due(NOW + timedelta(seconds=10)) == 0
    assert services.sweep(NOW + timedelta(seconds=10)) == 0
    assert services.sweep(NOW + SOON) == 1
    assert (only(approved).state, only(approved).remote_id) == (State.PUBLISHED, "r1")
    assert services.send_due(NOW + SOON) == 0
    assert len(network.posts) == len(network.attempts) == 1
    assert len(record_lines("post_sent")) == 1


def test_only_proven_absence_leads_to_a_second_try_under_the_same_keys(approved, network):
    network.fails(Unknown("Gateway time-out"))
    services.send_due(NOW)
    assert services.sweep(NOW + SOON) == 1
    assert only(approved).state == State.DUE
    assert services.send_due(NOW + SOON) == 1
    first, second = network.attempts
    assert first.idempotency_key == second.idempotency_key
    assert first.record_key == second.record_key
    assert first.since == second.since == only(approved).first_tried_at
    assert len(network.posts) == 1


def test_while_the_look_fails_too_nothing_is_sent_and_in_the_end_a_person_is_asked(approved, network):
    network.loses_answer(Unknown("No answer"))
    services.send_due(NOW)
    network.lookups = [Unknown("Still away")] * conf.MOST_TRIES
    at = NOW
    for _look in range(conf.MOST_TRIES):
        at += SOON
        services.run_due(at)
    assert only(approved).state == State.UNKNOWN
    assert len(network.attempts) == 1


def test_a_channel_that_cannot_be_asked_leads_to_a_person(agency, priya, paul):
    log = ChannelAccount.objects.create(
        agency=agency, channel="console", name="Log", languages=["en"], connected_at=NOW
    )
    post = approve(word(agency, priya, log), priya, paul)
    services.send_due(NOW)
    assert only(post).state == State.PUBLISHED
    other = approve(word(agency, priya, log, text="Again"), priya, paul)
    assert claims.claim(Delivery, _due(other), now=NOW, lease=conf.LEASE) is not None
    services.sweep(NOW + SOON)
    assert only(other).state == State.UNKNOWN


def test_a_channel_whose_post_is_the_same_again_is_simply_tried_again(agency, priya, paul):
    feed = services.ensure_feed(agency, now=NOW)
    post = word(agency, priya)
    services.edit(
        post.versions.get(account=feed, language="en"), by=priya, title="Bridge", text="Open.", now=NOW
    )
    approve(post, priya, paul)
    assert claims.claim(Delivery, _due(post), now=NOW, lease=conf.LEASE) is not None
    services.sweep(NOW + SOON)
    assert services.send_due(NOW + SOON) == 1
    assert only(post).remote_id == f"urn:uuid:{only(post).idempotency_key}"


def _due(post: Post) -> int:
    delivery = only(post)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.DUE)
    return delivery.pk


@pytest.mark.parametrize(
    ("verdict", "state", "copies"), [("there", State.PUBLISHED, 1), ("again", State.PUBLISHED, 2)]
)
def test_a_person_settles_it_with_one_of_two_buttons(approved, network, paul, verdict, state, copies):
    network.loses_answer(Unknown("No answer"))
    services.send_due(NOW)
    network.lookups = [AuthExpired("Who are you?")]
    services.sweep(NOW + SOON)
    assert only(approved).state == State.UNKNOWN
    ChannelAccount.objects.filter(channel="scripted").update(state="connected")
    services.settle_unknown(
        only(approved), by=paul, verdict=verdict, now=NOW + SOON, url="https://x.example/1"
    )
    services.send_due(NOW + SOON)
    delivery = only(approved)
    assert delivery.state == state
    assert delivery.settled_by == paul.pk
    assert len(network.posts) == copies
    assert (delivery.remote_url == "https://x.example/1") is (verdict == "there")


def test_nobody_without_a_role_settles_it_and_nobody_twice(approved, network, asha, greta, priya, paul):
    with pytest.raises(Exception, match="settled meanwhile"):
        services.settle_unknown(only(approved), by=priya, verdict="there", now=NOW)
    for who in (asha, greta):
        with pytest.raises(Exception, match="Only press officers"):
            services.settle_unknown(only(approved), by=who, verdict="there", now=NOW)
    with pytest.raises(Exception, match="Say whether"):
        services.settle_unknown(only(approved), by=priya, verdict="maybe", now=NOW)


def test_an_expired_token_switches_the_account_off_until_it_is_connected_again(
    approved, network, place, priya
):
    network.fails(AuthExpired("Token revoked"))
    services.send_due(NOW)
    place.refresh_from_db()
    assert (place.state, place.last_error) == ("reconnect", "Token revoked")
    for minute in range(1, 5):
        assert services.send_due(NOW + timedelta(minutes=minute)) == 0
    assert len(network.attempts) == 1
    services.reconnect(place, by=priya, token="new", now=NOW + timedelta(minutes=5))
    assert services.send_due(NOW + timedelta(minutes=6)) == 1
    assert network.attempts[-1].account.token == "new"


def test_too_many_requests_rest_the_whole_account_until_the_given_moment(
    approved, network, agency, priya, paul, place
):
    until = NOW + timedelta(minutes=7)
    network.fails(RateLimited(until, "Slow down"))
    services.send_due(NOW)
    other = approve(word(agency, priya, place, text="Another"), priya, paul)
    assert services.send_due(NOW + timedelta(minutes=6)) == 0
    assert len(network.attempts) == 1
    assert services.send_due(until + timedelta(seconds=1)) == 2
    assert {only(approved).state, only(other).state} == {State.PUBLISHED}


def test_a_delivery_that_must_wait_does_not_hold_up_the_others(approved, network, agency, priya, paul, place):
    network.fails(NotNow("Greylisted", until=NOW + timedelta(minutes=15)))
    other = approve(word(agency, priya, place, text="Another"), priya, paul)
    assert services.send_due(NOW) == 1
    assert {only(approved).state, only(other).state} == {State.DUE, State.PUBLISHED}
    assert services.send_due(NOW + timedelta(minutes=14)) == 0
    assert services.send_due(NOW + timedelta(minutes=15)) == 1


def test_what_surely_never_left_the_house_is_tried_again_without_a_look(approved, network):
    network.fails(Unknown("No route", sent=False))
    services.send_due(NOW)
    assert only(approved).state == State.DUE
    network.lookups = [AssertionError("must not be asked")]
    assert services.send_due(NOW + timedelta(minutes=5)) == 1


def test_a_channel_that_breaks_is_looked_up_like_a_lost_answer(approved, network):
    network.loses_answer(ZeroDivisionError("a bug of ours"))
    services.send_due(NOW)
    assert only(approved).state == State.ATTEMPTING
    services.sweep(NOW + SOON)
    assert only(approved).state == State.PUBLISHED
    assert len(network.posts) == 1


def test_what_is_too_late_needs_a_second_person_again(approved, network, priya, paul, anil):
    late = NOW + timedelta(hours=24, minutes=1)
    assert services.send_due(late) == 0
    approved.refresh_from_db()
    assert approved.state == Post.State.DRAFT
    assert approved.note
    assert only(approved).state == State.DRAFT
    assert only(approved).approval is None
    services.submit_for_approval(approved, by=priya, now=late)
    agree(approved, by=paul, now=late)
    assert services.send_due(late) == 1
    assert len(network.posts) == 1


def test_a_post_that_lay_long_before_its_approval_is_not_late(worded, priya, paul, network):
    services.submit_for_approval(worded, by=priya, now=NOW)
    agree(worded, by=paul, now=NOW + timedelta(days=3))
    assert services.send_due(NOW + timedelta(days=3)) == 1


def test_a_thread_goes_out_part_by_part_and_half_of_it_can_be_resumed(agency, priya, paul, place, network):
    thread = word(agency, priya, place, text="One\n---\nTwo\n---\nThree")
    approve(thread, priya, paul)
    states = lambda: list(  # noqa: E731
        Delivery.objects.filter(version__post=thread).order_by("part").values_list("state", flat=True)
    )
    assert services.send_due(NOW) == 1
    assert states() == ["published", "approved", "approved"]
    network.fails(Unknown("Away", sent=False))
    assert services.send_due(NOW) == 0
    assert states() == ["published", "due", "approved"]
    assert services.send_due(NOW + timedelta(minutes=5)) == 1
    assert services.send_due(NOW + timedelta(minutes=5)) == 1
    assert states() == ["published"] * 3
    assert [part.text for part in network.posts.values()] == ["One", "Two", "Three"]
    assert [attempt.previous and attempt.previous.remote_id for attempt in network.attempts] == [
        None, "r1", "r1", "r2",
    ]  # fmt: skip


def test_the_same_words_on_purpose_are_two_posts(agency, priya, paul, place, network):
    for _post in range(2):
        approve(word(agency, priya, place, text="Good morning"), priya, paul)
    assert services.send_due(NOW) == 2
    assert len(network.posts) == 2
    third = approve(word(agency, priya, place, text="Good morning"), priya, paul)
    network.fails(Unknown("No answer"))
    services.send_due(NOW)
    services.sweep(NOW + SOON)
    assert only(third).state == State.DUE, "the earlier ones must not be taken for it"


def test_a_receipt_that_comes_after_the_row_was_given_up_is_kept(approved, network):
    def given_up_meanwhile():
        Delivery.objects.filter(version__post=approved).update(
            state=State.UNKNOWN, fence=99, lease_until=None
        )

    network.before = given_up_meanwhile
    assert services.send_due(NOW) == 1
    assert (only(approved).state, only(approved).remote_id) == (State.PUBLISHED, "r1")


def test_a_published_post_is_taken_back_with_a_line_in_the_register(approved, network, paul, asha):
    services.send_due(NOW)
    with pytest.raises(Exception, match="Only press officers"):
        services.withdraw(only(approved), by=asha, reason="mistake", now=NOW)
    services.withdraw(only(approved), by=paul, reason="mistake", now=NOW)
    assert only(approved).state == State.WITHDRAWN
    assert network.posts == {}
    assert len(record_lines("post_withdrawn")) == 1


def test_a_slow_network_does_not_keep_a_worker_for_ever(agency, priya, paul, place, network, monkeypatch):
    for number in range(3):
        approve(word(agency, priya, place, text=f"Number {number}"), priya, paul)
    monkeypatch.setattr(conf, "AT_MOST_SECONDS", -1)
    assert services.send_due(NOW) == 0
    monkeypatch.setattr(conf, "AT_MOST_SECONDS", 20)
    assert services.send_due(NOW) == 3


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_delivery_exactly_once(agency, priya, paul, place, network, together):
    posts = [approve(word(agency, priya, place, text=f"Number {at}"), priya, paul) for at in range(3)]
    network.before = lambda: time.sleep(0.05)
    workers = 24 if connection.vendor == "postgresql" else 8
    results = together(workers, lambda number: services.send_due(NOW))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert sum(results) == len(posts)
    assert len(network.posts) == len(network.attempts) == len(posts)
    assert len(record_lines("post_sent")) == len(posts)


@pytest.mark.django_db(transaction=True)
def test_many_workers_look_after_a_lost_one_and_settle_it_once(approved, network, together):
    network.loses_answer(Unknown("No answer"))
    services.send_due(NOW)
    workers = 24 if connection.vendor == "postgresql" else 8
    results = together(workers, lambda number: services.run_due(NOW + SOON))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len(network.posts) == len(network.attempts) == 1
    assert only(approved).state == State.PUBLISHED
    assert len(record_lines("post_sent")) == 1


@pytest.mark.django_db(transaction=True)
def test_the_claim_is_committed_before_the_call(approved, network):
    seen = []
    network.before = lambda: seen.append((only(approved).state, connection.in_atomic_block))
    services.send_due(NOW)
    assert seen == [(State.ATTEMPTING, False)]


def test_the_clock_does_all_of_it_and_one_failing_job_stops_no_other(approved, network, monkeypatch):
    def broken(now):
        raise RuntimeError("no")

    monkeypatch.setattr("outreach.services.run.sweep", broken)
    assert services.run_due(NOW)["sent"] == 1
    assert outbox.take("outreach.confirm", 1) == []
    assert clock.now() > NOW

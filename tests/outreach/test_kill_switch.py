"""One person stops, two start; it is read just before each call, from the database and from a file."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import services
from outreach.models import Delivery, KillSwitch
from outreach.services import send
from tests.outreach.conftest import NOW, only, record_lines

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=2)


def test_a_stopped_account_sends_nothing_until_two_people_started_it(approved, network, place, priya, paul):
    switch = services.stop(by=priya, account=place, reason="wrong figure", now=NOW)
    assert services.send_due(NOW) == 0
    services.start(switch, by=priya, now=NOW)
    with pytest.raises(NotAllowed, match="Somebody else"):
        services.start(switch, by=priya, now=NOW)
    assert services.send_due(LATER) == 0
    services.start(switch, by=paul, now=LATER)
    assert services.send_due(LATER + timedelta(minutes=2)) == 1
    with pytest.raises(WrongState):
        services.start(switch, by=paul, now=LATER)
    assert len(record_lines("switch_stopped")) == len(record_lines("switch_started")) == 1
    assert network.attempts and only(approved).state == Delivery.State.PUBLISHED


def test_everything_and_one_channel_are_stopped_by_the_centre_and_by_duty_officers(
    approved, network, pavan, dev, priya, asha
):
    for who in (priya, asha):
        with pytest.raises(NotAllowed):
            services.stop(by=who, reason="mine", now=NOW)
        with pytest.raises(NotAllowed):
            services.stop(by=who, channel="scripted", reason="mine", now=NOW)
    with pytest.raises(BadInput):
        services.stop(by=dev, channel="carrier-pigeon", reason="no", now=NOW)
    for switch in (
        services.stop(by=dev, channel="scripted", reason="drill", now=NOW),
        services.stop(by=pavan, reason="drill", now=NOW),
    ):
        assert services.send_due(NOW) == 0
        services.start(switch, by=dev, now=NOW)
        services.start(switch, by=pavan, now=NOW)
    assert services.send_due(LATER) == 1


def test_another_channels_stop_stops_this_one_not(approved, network, dev):
    services.stop(by=dev, channel="mastodon", reason="drill", now=NOW)
    assert services.send_due(NOW) == 1


def test_stopping_twice_finds_the_stop_that_stands(pavan, dev):
    first = services.stop(by=pavan, reason="one", now=NOW)
    assert services.stop(by=dev, reason="two", now=NOW).pk == first.pk
    assert KillSwitch.objects.count() == 1


def test_the_file_stops_everything_also_without_a_database_row(approved, network, no_switch):
    no_switch.write_text("stop")
    assert services.send_due(NOW) == 0
    no_switch.unlink()
    assert services.send_due(LATER) == 1


def test_it_is_read_after_the_claim_just_before_the_call(approved, network, no_switch, monkeypatch):
    claimed = send.claims.claim

    def claim_then_stop(*words, **more):
        fence = claimed(*words, **more)
        no_switch.write_text("stop")
        return fence

    monkeypatch.setattr(send.claims, "claim", claim_then_stop)
    assert services.send_due(NOW) == 0
    assert network.attempts == []
    assert only(approved).state == Delivery.State.DUE
    assert only(approved).attempts == 0


def test_the_database_refuses_a_start_by_one_person(pavan):
    switch = services.stop(by=pavan, reason="one", now=NOW)
    for starters in ({"first_starter": 1, "second_starter": 1}, {"first_starter": 1}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KillSwitch.objects.filter(pk=switch.pk).update(started_at=NOW, **starters)


def test_a_strangers_stop_of_an_account_is_refused(place, greta, asha):
    for who in (greta, asha):
        with pytest.raises(NotAllowed):
            services.stop(by=who, account=place, reason="mine", now=NOW)

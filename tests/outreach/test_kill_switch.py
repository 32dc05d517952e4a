"""One person stops, two start; it is read just before each call, from the database and from a file."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import services
from outreach.models import ChannelAccount, Delivery, KillSwitch, Reader
from outreach.services import send
from outreach.wagtail_hooks import stops
from tests.outreach.conftest import NOW, agree, approve, only, record_lines, word
from tests.people import person, signed_in
from tests.servers.fixtures import here
from tests.servers.redis import redis_server

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


def test_everything_and_one_channel_are_stopped_by_the_centre_duty_and_press_officers(
    approved, network, pavan, dev, priya, esha, asha
):
    for who in (esha, asha):
        with pytest.raises(NotAllowed):
            services.stop(by=who, reason="mine", now=NOW)
        with pytest.raises(NotAllowed):
            services.stop(by=who, channel="scripted", reason="mine", now=NOW)
    with pytest.raises(BadInput):
        services.stop(by=dev, channel="carrier-pigeon", reason="no", now=NOW)
    for switch in (
        services.stop(by=dev, channel="scripted", reason="drill", now=NOW),
        services.stop(by=priya, reason="drill", now=NOW),
    ):
        assert services.send_due(NOW) == 0
        services.start(switch, by=dev, now=NOW)
        services.start(switch, by=pavan, now=NOW)
    assert services.send_due(LATER) == 1


def test_who_may_stop_nothing_has_no_way_there_in_the_menu(agency, anil):
    """An approver stops the accounts of their agency; here it has none yet."""
    assert not stops(anil)
    assert signed_in(anil).get("/admin/posts/switch/").status_code == 302
    services.connect(agency, by=person("priya"), channel="console", name="x", languages=["en"], now=NOW)
    assert stops(anil)
    assert signed_in(anil).get("/admin/posts/switch/").status_code == 200


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


def test_it_says_why_and_in_which_role(pavan, priya, place):
    with pytest.raises(BadInput, match="Say why"):
        services.stop(by=pavan, reason="  ", now=NOW)
    services.stop(by=pavan, reason="wrong figure", now=NOW)
    services.stop(by=priya, account=place, reason="wrong figure", now=NOW)
    lines = [line["body"] for line in record_lines("switch_stopped")]
    assert [line["role"] for line in lines] == ["platform_admin", "press_officer"]
    assert "wrong figure" not in str(lines)


def test_it_works_with_redis_stopped_and_the_file_broker(approved, network, priya, dev, settings, tmp_path):
    """The desk's one press, and the worker: neither needs anything but the database."""
    with here(redis_server) as redis:
        url = redis.url
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
    settings.CELERY_TASK_ALWAYS_EAGER = False
    settings.CELERY_BROKER_URL = url
    hers = signed_in(priya)
    assert hers.post("/admin/posts/switch/", {"what": "all", "reason": "wrong figure"}).status_code == 302
    assert KillSwitch.objects.filter(scope="all", started_at=None).exists()
    assert services.send_due(NOW) == 0
    assert network.attempts == []
    settings.CELERY_BROKER_URL = "filesystem://localhost"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)
    }  # fmt: skip
    assert services.send_due(LATER) == 0
    switch = KillSwitch.objects.get()
    for who in (priya, dev):
        assert signed_in(who).post(f"/admin/posts/switch/{switch.pk}/start/").status_code == 302
    assert services.send_due(LATER + timedelta(minutes=2)) == 1


def test_what_is_planned_waits_and_nothing_is_lost(worded, network, priya, paul, dev):
    at = NOW + timedelta(hours=2)
    services.submit_for_approval(worded, by=priya, now=NOW, go_at=at)
    agree(worded, by=paul, now=NOW)
    switch = services.stop(by=priya, reason="wrong figure", now=NOW)
    assert services.send_due(at) == 0
    services.start(switch, by=priya, now=at)
    services.start(switch, by=dev, now=at)
    assert services.send_due(at + timedelta(hours=1)) == 1
    assert len(network.posts) == 1


def test_letters_that_ask_for_a_confirmation_wait_as_well(agency, dev, mailoutbox):
    services.subscribe(agency, address="reader@mail.example", language="en", now=NOW)
    switch = services.stop(by=dev, channel="email", reason="drill", now=NOW)
    assert services.send_confirmations(NOW) == 0
    assert mailoutbox == []
    services.start(switch, by=dev, now=NOW)
    KillSwitch.objects.update(second_starter=0, started_at=NOW)
    assert services.send_confirmations(NOW) == 1
    assert Reader.objects.count() == len(mailoutbox) == 1


def test_a_call_that_had_begun_is_told_of(approved, network, priya, place):
    Delivery.objects.update(state=Delivery.State.ATTEMPTING, lease_until=NOW + timedelta(days=9999))
    answer = signed_in(priya).post(
        "/admin/posts/switch/", {"what": f"account:{place.pk}", "reason": "wrong figure"}, follow=True
    )
    assert "1 call had begun before and cannot be called back." in answer.content.decode()


@pytest.mark.parametrize("desk", ["/admin/", "/admin/account/", "/admin/posts/switch/"])
def test_every_page_of_the_admin_says_so_while_something_is_stopped(desk, approved, priya, dev, no_switch):
    hers = signed_in(priya)
    assert "Sending is stopped." not in hers.get(desk).content.decode()
    switch = services.stop(by=dev, channel="mastodon", reason="wrong <figure>", now=NOW)
    said = hers.get(desk).content.decode()
    assert "Sending is stopped." in said
    assert "wrong &lt;figure&gt;" in said
    assert "/admin/posts/switch/" in said
    services.start(switch, by=dev, now=NOW)
    services.start(switch, by=priya, now=NOW)
    assert "Sending is stopped." not in hers.get(desk).content.decode()
    no_switch.write_text("stop")
    assert "Everything is stopped by the operators." in hers.get(desk).content.decode()


def test_one_account_of_two_is_stopped(agency, network, place, priya, paul):
    other = ChannelAccount.objects.create(
        agency=agency, channel="scripted", name="Pumps", languages=["en"], connected_at=NOW
    )
    approve(word(agency, priya, place, other), priya, paul)
    services.stop(by=priya, account=place, reason="wrong figure", now=NOW)
    assert services.send_due(NOW) == 1
    assert Delivery.objects.published().get().account == other

"""The whole way on real servers: approved, on snac2, in a mailbox, in the feed, answered, heard, and gone again."""

import secrets
import subprocess

import feedparser
import pytest
from django.test import Client

from consultations.models import Contribution
from consultations.services import publish
from foundation import clock
from outreach import conf, services, tokens
from outreach.models import ChannelAccount, Delivery, Heard, Reader
from scripts.snac import program
from tests.factories.consultations import released_consultation
from tests.outreach.conftest import approve
from tests.servers.process import wait_until
from tests.servers.proxy import proxy

pytestmark = [pytest.mark.django_db, pytest.mark.servers, pytest.mark.xdist_group("a network")]
POSTS = "/api/v1/statuses"
State = Delivery.State


@pytest.fixture
def water(agency):
    # An address of its own: what other tests told stands on the same server.
    return released_consultation(title=f"Water at night {secrets.token_hex(4)}")


def on_snac(agency, priya, snac, base_url: str = "") -> ChannelAccount:
    return services.connect(
        agency, by=priya, channel="mastodon", name="Water Board", base_url=base_url or snac.base_url,
        token=snac.users["agency"].token, languages=["en"], now=clock.now(),
    )  # fmt: skip


def told(water, priya, paul) -> None:
    post = services.prepare(water, by=priya, now=clock.now())
    approve(post, priya, paul, now=clock.now())
    services.run_due(clock.now())


def found_elsewhere(elsewhere, delivery: Delivery, author: str) -> str:
    """The key under which the other server knows the post, once its people follow the author."""
    for words in (("follow", author), ("insert", delivery.remote_uri)):
        command = [program(), words[0], elsewhere.home, "stranger", words[1]]
        subprocess.run(command, check=True, capture_output=True)

    def seen() -> list[str]:
        home = elsewhere.api("stranger", "GET", "timelines/home")
        return [status["id"] for status in home if status["uri"] == delivery.remote_uri]

    wait_until(seen, seconds=30, what="the post is seen on the other server")
    return seen()[0]


def test_a_post_goes_to_the_network_the_mailbox_and_the_feed_and_its_reply_comes_back(
    water, agency, priya, paul, snac, elsewhere, settings, post_office
):
    settings.HTTP_ALLOW_PRIVATE = [snac.host, elsewhere.host]
    account = on_snac(agency, priya, snac)
    services.connect(agency, by=priya, channel="email", name="water", languages=["en"], now=clock.now())
    services.subscribe(agency, address="asha@people.example", language="en", now=clock.now())
    services.confirm(Reader.objects.get().code, now=clock.now())
    told(water, priya, paul)

    delivery = Delivery.objects.get(account=account)
    assert delivery.state == State.PUBLISHED
    assert delivery.link in snac.status("agency", delivery.remote_id)["content"]
    assert "Water at night" in post_office.to("asha@people.example")[0].subject
    assert feedparser.parse(Client().get("/outreach/feed.atom").content).entries[0].title == water.page.title

    # Somebody on another server finds the post, answers it, and takes the answer back.
    seen = found_elsewhere(elsewhere, delivery, snac.users["agency"].url)
    said = elsewhere.post("stranger", f"@agency@{snac.host} Only after ten, please", reply_to=seen)
    wait_until(lambda: services.listen(clock.now()), seconds=60, what="the reply is heard")
    assert services.listen(clock.now()) == 0
    voice = Contribution.objects.get(kind="heard")
    assert voice.text == "Only after ten, please"
    publish(voice, by=None, now=clock.now())
    html = Client().get(water.page.url).content.decode()
    assert "Only after ten, please" in html
    assert f'href="{said["url"]}"' in html
    elsewhere.delete("stranger", said["id"])
    services.listen(clock.now())
    assert Heard.objects.get().gone_at
    html = Client().get(water.page.url).content.decode()
    assert "Only after ten" not in html
    assert said["url"] not in html


def test_a_lost_answer_leaves_one_post_on_the_network(water, agency, priya, paul, snac, settings):
    with proxy(snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [line.host]
        account = on_snac(agency, priya, snac, base_url=line.base_url)
        line.drop_answers("POST", POSTS)
        told(water, priya, paul)
        delivery = Delivery.objects.get(account=account)
        assert delivery.state == State.ATTEMPTING
        services.run_due(clock.now() + conf.LEASE)
        delivery.refresh_from_db()
        assert delivery.state == State.PUBLISHED
        services.run_due(clock.now() + conf.LEASE * 2)
        assert line.count("POST", POSTS) == 1
    copies = [status for status in snac.statuses("agency") if delivery.link in status["content"]]
    assert [status["id"] for status in copies] == [delivery.remote_id]


def test_a_revoked_token_waits_for_a_new_one_and_then_goes_out_once(
    water, agency, priya, paul, snac, settings
):
    settings.HTTP_ALLOW_PRIVATE = [snac.host]
    account = on_snac(agency, priya, snac)
    ChannelAccount.objects.filter(pk=account.pk).update(sealed_token=tokens.seal("revoked"))
    told(water, priya, paul)
    account.refresh_from_db()
    assert account.state == "reconnect"
    services.reconnect(account, by=priya, token=snac.users["agency"].token, now=clock.now())
    services.run_due(clock.now() + conf.BLOCKED * 2)
    assert Delivery.objects.get(account=account).state == State.PUBLISHED

"""Replies come back in: once each, moderated, without who said them, and gone when their original is gone."""

from datetime import timedelta

import pytest
from django.test import Client

from consultations.models import Contribution
from consultations.services import publish, reject
from foundation import clock
from foundation.http import AuthExpired, RateLimited, Unknown
from outreach import conf, queries, services
from outreach.channels.base import Reply
from outreach.models import ChannelAccount, Delivery, Heard
from tests.consultations import drafts
from tests.factories.consultations import released_consultation
from tests.outreach.conftest import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def water(agency):
    drafts.site()
    return released_consultation(title="Water at night")


@pytest.fixture
def told(water, agency, priya, paul, network, place) -> Delivery:
    """A post about the consultation that stands on the scripted network."""
    now = clock.now()
    post = services.prepare(water, by=priya, now=now)
    approve(post, priya, paul, now=now)
    services.send_due(now)
    return Delivery.objects.get(account=place)


def reply(told: Delivery, text: str = "More lights, please", key: str = "e1", **more) -> Reply:
    facts = {
        "external_id": key, "remote_id": f"remote-{key}", "uri": f"https://far.example/@noor/{key}",
        "url": f"https://far.example/@noor/{key}", "text": text, "at": clock.now(), "language": "en",
        "in_reply_to": told.remote_id, "watched": told.remote_id,
    }  # fmt: skip
    return Reply(**{**facts, **more})


def test_a_reply_is_heard_once_although_it_is_listened_to_twice(told, network, water):
    network.answers = [reply(told)]
    now = clock.now()
    assert services.listen(now) == 1
    assert services.listen(now + timedelta(minutes=1)) == 0
    voice = Contribution.objects.get(kind="heard")
    assert (voice.consultation, voice.text, voice.state) == (water, "More lights, please", "pending")
    assert (voice.source, voice.external_id) == ("scripted", "e1")
    assert voice.participant.person is None
    assert "noor" not in str(voice.__dict__) + str(voice.participant.__dict__) + str(voice.response.__dict__)


def test_a_reply_seen_below_two_posts_is_one_voice(told, network, water, place, agency, priya, paul):
    network.answers = [reply(told), reply(told, key="e1", remote_id="seen-elsewhere")]
    assert services.listen(clock.now()) == 1
    assert Contribution.objects.filter(kind="heard").count() == 1


def test_it_stands_on_the_page_only_after_a_moderator_let_it_without_name_or_handle(told, network, water):
    network.answers = [reply(told, text="More <script>lights</script>", url="https://far.example/notes/1")]
    services.listen(clock.now())
    page = Client().get(water.page.url)
    assert "Heard elsewhere" not in page.content.decode()
    publish(Contribution.objects.get(kind="heard"), by=None, now=clock.now())
    html = Client().get(water.page.url).content.decode()
    assert "Heard elsewhere" in html
    assert "More &lt;script&gt;lights&lt;/script&gt;" in html
    assert 'href="https://far.example/notes/1"' in html
    assert "noor" not in html


def test_what_is_gone_at_its_origin_goes_here_words_and_address(told, network, water):
    network.answers = [reply(told)]
    now = clock.now()
    services.listen(now)
    voice = Contribution.objects.get(kind="heard")
    publish(voice, by=None, now=now)
    network.answers, network.gone = [], {"remote-e1"}
    services.listen(now + timedelta(minutes=1))
    voice.refresh_from_db()
    heard = Heard.objects.get()
    assert (voice.state, voice.reason, voice.text) == ("removed", "gone_at_origin", "")
    assert (heard.url, heard.uri, heard.remote_id) == ("", "", "")
    assert list(queries.heard_about(water, now=now)) == []
    assert "Heard elsewhere" not in Client().get(water.page.url).content.decode()
    network.answers = [reply(told)]
    assert services.listen(now + timedelta(minutes=2)) == 0, "what went does not come back by itself"


def test_a_rejected_reply_shows_nowhere(told, network, water):
    network.answers = [reply(told)]
    services.listen(clock.now())
    reject(Contribution.objects.get(kind="heard"), reason="off_topic", by=None, now=clock.now())
    assert list(queries.heard_about(water, now=clock.now())) == []


@pytest.mark.parametrize(
    ("error", "state", "rests"),
    [
        (AuthExpired("Who?"), "reconnect", False),
        (RateLimited(clock.now() + timedelta(hours=1)), "connected", True),
        (Unknown("Away"), "connected", False),
    ],
)
def test_a_network_that_does_not_answer_loses_nothing_and_stops_no_other(
    told, network, place, error, state, rests
):
    network.answers = [reply(told)]
    network.replies = lambda *words: (_ for _ in ()).throw(error)
    assert services.listen(clock.now()) == 0
    place.refresh_from_db()
    assert (place.state, place.paused_until is not None) == (state, rests)
    assert place.last_error
    del network.replies
    ChannelAccount.objects.filter(pk=place.pk).update(state="connected", paused_until=None)
    assert services.listen(clock.now()) == 1


def test_posts_are_listened_for_in_turn_and_not_for_ever(told, network, place):
    asked = []
    network.replies = lambda account, cursor, watched: (
        asked.append(watched) or type("Page", (), {"replies": (), "cursor": "c9"})
    )
    services.listen(clock.now())
    place.refresh_from_db()
    assert [receipt.remote_id for receipt in asked[0]] == [told.remote_id]
    assert place.cursor == "c9"
    services.listen(clock.now() + conf.WATCHED_FOR + timedelta(days=1))
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_many_listeners_at_once_hear_a_reply_once(told, network, together):
    network.answers = [reply(told), reply(told, text="Another", key="e2")]
    results = together(8, lambda number: services.listen(clock.now()))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Contribution.objects.filter(kind="heard").count() == Heard.objects.count() == 2
    again = together(
        8, lambda number: [services.hear(told, reply(told, key="e3"), now=clock.now()) for _ in range(3)]
    )
    assert [result for result in again if isinstance(result, Exception)] == []
    assert sum(sum(results) for results in again) == 1
    assert Contribution.objects.filter(external_id="e3").count() == 1

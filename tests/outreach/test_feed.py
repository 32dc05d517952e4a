"""The Atom feed, read by an independent reader: stable entries, their language, and the register's head."""

import feedparser
import pytest
from django.test import Client

from outreach import services
from outreach.models import Delivery
from records.services import chain, head
from tests.outreach.conftest import NOW, approve, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(agency, priya, paul) -> Delivery:
    feed = services.ensure_feed(agency, now=NOW)
    post = word(agency, priya)
    services.edit(
        post.versions.get(account=feed, language="hi"),
        by=priya, title="पुल खुला है", text="सब के लिए <खुला> & चौड़ा", link="http://localhost:8000/hi/x/", now=NOW,
    )  # fmt: skip
    approve(post, priya, paul)
    services.send_due(NOW)
    return Delivery.objects.get(account=feed)


def test_a_published_entry_stands_in_the_feed_under_the_same_id_for_ever(published):
    first, again = (feedparser.parse(Client().get("/outreach/feed.atom").content) for _time in range(2))
    assert not first.bozo
    (entry,) = first.entries
    assert entry.id == again.entries[0].id == f"urn:uuid:{published.idempotency_key}"
    assert (entry.title, entry.link) == ("पुल खुला है", "http://localhost:8000/hi/x/")
    assert entry.author == "Nadipur Water Board"
    assert '<entry xml:lang="hi">' in Client().get("/outreach/feed.atom").content.decode()


def test_the_newest_head_of_the_register_is_printed_in_it(published):
    assert chain(NOW) > 0
    feed = feedparser.parse(Client().get("/outreach/feed.atom").content)
    assert feed.feed.samvad_head == str(head())
    assert str(head()) in feed.feed.subtitle


def test_each_agency_has_a_feed_of_its_own_and_one_language_can_be_asked_for(published, other_agency):
    reader = Client()
    count = lambda address: len(feedparser.parse(reader.get(address).content).entries)  # noqa: E731
    assert count("/outreach/water/feed.atom") == 1
    assert count("/outreach/parks/feed.atom") == 0
    assert count("/outreach/feed.atom?language=hi") == 1
    assert count("/outreach/feed.atom?language=en") == 0
    assert reader.get("/outreach/nobody/feed.atom").status_code == 404


def test_an_entry_taken_back_leaves_the_feed(published, paul):
    services.withdraw(published, by=paul, reason="mistake", now=NOW)
    assert feedparser.parse(Client().get("/outreach/feed.atom").content).entries == []


def test_reading_sets_no_cookie_and_varies_by_none(published):
    for address in ("/outreach/feed.atom", "/en/posts/"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_was_posted_where_can_be_read_by_everybody(approved, network, place):
    services.send_due(NOW)
    html = Client().get("/en/posts/").content.decode()
    assert "The bridge stays open." in html
    assert 'href="https://scripted.example/r1"' in html

"""A worker that is killed between "being sent" and the receipt leaves one post, settled within a minute."""

import time

import httpx
import pytest

from tests.servers.proxy import proxy
from tests.servers.site import site

# On both engines: with Redis the worker's task comes back by another way than with the file broker.
pytestmark = [pytest.mark.django_db, pytest.mark.servers, pytest.mark.xdist_group("a network")]
POSTS = "/api/v1/statuses"
WORDS = "The bridge stays open for cycles."
MAKE = """
from datetime import timedelta
from foundation import clock
from outreach import services
from tests.people import make_agency, person
agency, priya, paul = make_agency(), person("priya"), person("paul")
now = clock.now()
account = services.connect(agency, by=priya, channel="mastodon", name="Water", base_url="{base_url}",
                           token="{token}", languages=["en"], now=now)
post = services.draft(agency, by=priya, title="The bridge", now=now)
for version in post.versions.select_related("account"):
    services.edit(version, by=priya, title="The bridge", text="{words}", left_out=version.account != account, now=now)
post = services.submit_for_approval(post, by=priya, now=now)
services.approve(post, by=paul, read=post.submitted_sha256, now=now)
"""
STATE = "SELECT state FROM outreach_delivery"


def test_a_worker_killed_before_the_receipt_leaves_one_post_that_is_settled_within_a_minute(snac):
    with proxy(snac.base_url) as line, site(allow=[line.host]) as house:
        answer = line.hold_answers("POST", POSTS)
        house.shell(MAKE.format(base_url=line.base_url, token=snac.users["agency"].token, words=WORDS))
        house.until(lambda: copies(snac) == 1, what="the post is on the network", seconds=60)
        house.kill9("worker")
        answer.set()
        assert house.one(STATE) == "attempting"
        house.start("worker")
        begun = time.monotonic()
        house.until(lambda: house.one(STATE) == "published", what="it is settled", seconds=60)
        assert time.monotonic() - begun <= 60
        assert stands_on_the_page(house.base_url)
        assert copies(snac) == 1
        assert line.count("POST", POSTS) == 1


def copies(snac) -> int:
    return sum(WORDS in status["content"] for status in snac.statuses("agency"))


def stands_on_the_page(base_url: str) -> bool:
    return WORDS in httpx.get(f"{base_url}/en/posts/", timeout=10).text

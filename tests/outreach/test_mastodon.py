"""The Mastodon channel against a real server (snac2), read back by an independent client (Mastodon.py)."""

from datetime import UTC, datetime, timedelta

import mastodon as independent
import pytest
import requests

from foundation.http import AuthExpired, RateLimited, Refused, Unknown
from outreach.channels import channels
from outreach.channels.base import Account, Message, Part, Receipt
from outreach.channels.mastodon import is_ours
from tests.servers.process import wait_until
from tests.servers.proxy import proxy

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("a network")]
CHANNEL = channels()["mastodon"]
POSTS = "/api/v1/statuses"


def words(text: str) -> Part:
    message = Message(title="", text=text, link="http://localhost:8000/en/outcomes/bridge/?a=1&b=2")
    return CHANNEL.compose(message, "en")[0]


def reader(account: Account) -> independent.Mastodon:
    session = requests.Session()
    session.headers["Connection"] = "close"  # snac2 resets kept connections
    return independent.Mastodon(
        access_token=account.token, api_base_url=account.base_url, version_check_mode="none", session=session
    )


def copies(snac, part: Part) -> int:
    return sum(is_ours(status, part) for status in snac.statuses("agency"))


def test_what_we_post_an_independent_client_reads_back(at_snac, trying):
    part = words("312 people answered.\n\nThe *bridge* stays open & “cycles” pass. #bridge")
    receipt = CHANNEL.publish(part, trying(at_snac))
    status = reader(at_snac).status(receipt.remote_id)
    assert status.url == receipt.url
    assert status.visibility == "public"
    assert part.link.replace("&", "&amp;") in status.content or part.link in status.content
    assert is_ours({"content": status.content}, part)


def test_connecting_asks_who_we_are_and_what_the_limit_is_with_the_older_address_as_second_way(at_snac):
    standing = CHANNEL.check(at_snac)
    assert standing.name.startswith("agency")
    assert standing.url == f"{at_snac.base_url}/agency"
    assert standing.limit == 100_000  # snac2's own, told by /api/v1/instance: it has no /api/v2


def test_the_limit_of_a_newer_server_is_read_from_its_newer_address(at_snac, settings):
    with proxy(at_snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [line.host]
        body = b'{"configuration": {"statuses": {"max_characters": 4321}}}'
        line.reply("GET", "/api/v2/instance", status=200, body=body)
        assert (
            CHANNEL.check(Account(key="mastodon", base_url=line.base_url, token=at_snac.token)).limit == 4321
        )
        assert line.count("GET", "/api/v1/instance") == 0


def test_a_lost_answer_is_unknown_and_the_post_is_found_before_any_second_try(
    at_snac, snac, settings, trying
):
    part = words(f"Said once {datetime.now(UTC).isoformat()}")
    with proxy(snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [line.host]
        behind = Account(key="mastodon", base_url=line.base_url, token=at_snac.token)
        line.drop_answers("POST", POSTS)
        attempt = trying(behind)
        assert CHANNEL.find(part, attempt) is None
        with pytest.raises(Unknown):
            CHANNEL.publish(part, attempt)
        found = CHANNEL.find(part, attempt)
    assert found is not None
    assert snac.status("agency", found.remote_id)["url"] == found.url
    assert copies(snac, part) == 1


def test_a_blind_second_try_would_have_posted_twice(at_snac, snac, trying):
    """Why `find` is asked: this server ignores the Idempotency-Key."""
    part = words(f"Said blindly {datetime.now(UTC).isoformat()}")
    for _try in range(2):
        CHANNEL.publish(part, trying(at_snac))
    assert copies(snac, part) == 2


def test_an_older_post_with_the_same_words_is_not_taken_for_this_one(at_snac, trying):
    part = words(f"Again and again {datetime.now(UTC).isoformat()}")
    first = CHANNEL.publish(part, trying(at_snac))
    later = datetime.now(UTC) + timedelta(minutes=10)
    assert CHANNEL.find(part, trying(at_snac, since=later)) is None
    assert CHANNEL.find(part, trying(at_snac, taken=frozenset({first.remote_id}))) is None
    assert CHANNEL.find(part, trying(at_snac)) == first


def test_finding_reads_on_past_the_first_page_and_never_guesses_when_it_cannot(at_snac, settings, trying):
    part = words(f"Deep below {datetime.now(UTC).isoformat()}")
    receipt = CHANNEL.publish(part, trying(at_snac))
    for number in range(45):
        CHANNEL.publish(words(f"Above it, {number}"), trying(at_snac))
    attempt = trying(at_snac, since=datetime.now(UTC) - timedelta(minutes=1))
    assert CHANNEL.find(part, attempt) == receipt


def test_a_yes_without_an_id_is_not_taken_for_a_success(at_snac, snac, settings, trying):
    with proxy(snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [line.host]
        behind = Account(key="mastodon", base_url=line.base_url, token=at_snac.token)
        for body in (b"{}", b"<html>Welcome</html>", b"[]", b'{"id": ""}'):
            line.reply("POST", POSTS, status=200, body=body)
            with pytest.raises(Unknown):
                CHANNEL.publish(words("Not there"), trying(behind))


@pytest.mark.parametrize(
    ("status", "error"),
    [(422, Refused), (403, Refused), (401, AuthExpired), (429, RateLimited), (503, Unknown)],
)
def test_each_answer_is_told_apart(at_snac, snac, settings, trying, status, error):
    with proxy(snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [line.host]
        behind = Account(key="mastodon", base_url=line.base_url, token=at_snac.token)
        line.reply("POST", POSTS, status=status, headers={"Retry-After": "30"})
        with pytest.raises(error):
            CHANNEL.publish(words("Answered"), trying(behind))
        assert line.count("POST", POSTS) == 1


def test_a_wrong_token_asks_to_connect_again(at_snac, trying):
    stranger = Account(key="mastodon", base_url=at_snac.base_url, token="nobody")
    with pytest.raises(AuthExpired):
        CHANNEL.check(stranger)
    with pytest.raises(AuthExpired):
        CHANNEL.publish(words("Nobody"), trying(stranger))


def test_a_thread_hangs_together(at_snac, snac, trying):
    message = Message(title="", text="First of two\n---\nSecond of two", link="http://localhost:8000/x/")
    one, two = CHANNEL.compose(message, "en")
    assert (one.link, two.link) == ("", "http://localhost:8000/x/")
    first = CHANNEL.publish(one, trying(at_snac, key="a"))
    second = CHANNEL.publish(two, trying(at_snac, key="b", previous=first))
    assert snac.status("agency", second.remote_id)["in_reply_to_id"] == first.remote_id


def test_a_post_is_taken_back_and_taking_it_back_twice_is_no_error(at_snac, snac, trying):
    receipt = CHANNEL.publish(words("Soon gone"), trying(at_snac))
    for _time in range(2):
        CHANNEL.delete(receipt, at_snac)
    assert snac.status("agency", receipt.remote_id) is None


def test_public_replies_are_heard_without_who_said_them(at_snac, snac, trying):
    receipt = CHANNEL.publish(words("What do you say?"), trying(at_snac))
    snac.post("citizen", "@agency More <b>lights</b>, please", reply_to=receipt.remote_id)
    snac.post("citizen", "@agency only for you", reply_to=receipt.remote_id, visibility="direct")
    snac.post("agency", "We add this ourselves", reply_to=receipt.remote_id)
    wait_until(lambda: CHANNEL.replies(at_snac, "", [receipt]).replies, seconds=40, what="the reply is seen")
    (reply,) = CHANNEL.replies(at_snac, "", [receipt]).replies
    assert reply.text == "More lights, please"
    assert reply.in_reply_to == receipt.remote_id
    assert abs(reply.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert "citizen" not in reply.text + reply.external_id + reply.remote_id
    assert CHANNEL.metrics(receipt, at_snac).keys() == {"likes", "shares", "replies"}


def test_a_post_that_vanished_over_there_stops_no_other_from_being_heard(at_snac, snac, trying):
    receipt = CHANNEL.publish(words("Still here?"), trying(at_snac))
    snac.post("citizen", "@agency Here", reply_to=receipt.remote_id)
    watched = [Receipt(remote_id="17000000000000000000000000000000000000000a"), receipt]
    wait_until(lambda: CHANNEL.replies(at_snac, "", watched).replies, seconds=40, what="the reply is seen")


def test_a_reply_is_gone_when_its_own_server_says_so_though_ours_keeps_a_copy(
    at_snac, snac, elsewhere, settings, trying
):
    settings.HTTP_ALLOW_PRIVATE = [snac.host, elsewhere.host]
    said = elsewhere.post("stranger", "To be taken back")
    kept = CHANNEL.publish(words("A copy that stays on our server"), trying(at_snac))
    assert not CHANNEL.is_gone(at_snac, remote_id=kept.remote_id, uri=said["uri"])
    elsewhere.delete("stranger", said["id"])
    assert CHANNEL.is_gone(at_snac, remote_id=kept.remote_id, uri=said["uri"])
    assert CHANNEL.is_gone(at_snac, remote_id="170000000000000000000000000000000000000000", uri="")


def test_a_server_that_is_away_does_not_make_a_reply_gone(at_snac, snac, settings, trying):
    kept = CHANNEL.publish(words("Kept while they are away"), trying(at_snac))
    with proxy(snac.base_url) as line:
        settings.HTTP_ALLOW_PRIVATE = [snac.host, line.host]
        line.reply("GET", "/citizen", status=503, times=9)
        assert not CHANNEL.is_gone(at_snac, remote_id=kept.remote_id, uri=f"{line.base_url}/citizen/p/1")
    assert not CHANNEL.is_gone(at_snac, remote_id=kept.remote_id, uri=f"{line.base_url}/citizen/p/1")

"""Every way in which a request to the outside ends: a reply, a refusal, a wait, or nobody knows."""

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from foundation import http
from tests.foundation.outside import Server, outside

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(settings) -> Iterator[Server]:
    with outside() as server:
        settings.HTTP_ALLOW_PRIVATE = [server.name]
        yield server


def get(server: Server, path: str, **how) -> http.Reply:
    return http.request("GET", server.url + path, **how)


def post(server: Server, path: str, **how) -> http.Reply:
    return http.request("POST", server.url + path, **{"json": {"text": "पुल"}, **how})


def test_what_we_send_arrives_and_what_they_answer_comes_back(server):
    reply = post(server, "/echo", headers={"Authorization": "Bearer secret"})
    said = reply.json()
    assert (reply.status, reply.headers["CONTENT-TYPE"]) == (200, "application/json")
    assert said["method"] == "POST"
    assert said["headers"]["Authorization"] == "Bearer secret"
    assert said["headers"]["User-Agent"].startswith("Samvad (+http")
    assert said["headers"]["Accept-Encoding"] == "identity"
    assert "पुल" in said["body"].encode("latin-1").decode()


@pytest.mark.parametrize(
    ("body", "arrives"),
    [
        ({"data": {"status": "hello there"}}, "status=hello+there"),
        ({"data": b"raw"}, "raw"),
        ({"data": {"a": "1"}, "files": {"file": ("map.png", b"PNG", "image/png")}}, 'filename="map.png"'),
    ],
)
def test_forms_and_files_are_sent_as_their_kind_asks(server, body, arrives):
    assert arrives in http.request("post", server.url + "/echo", **body).json()["body"]


def test_text_is_read_in_the_encoding_that_it_names(server):
    server.content = "café".encode("latin-1")
    assert get(server, "/content?type=text/plain;charset=latin-1").text == "café"
    assert get(server, "/content?type=text/plain;charset=no-such").text == "caf\ufffd"
    server.content = "पुल".encode()
    assert get(server, "/content").text == "पुल"


def test_an_answer_that_should_be_json_and_is_not_is_unknown_and_never_empty(server):
    server.content = b"<html>Welcome to the hotel"
    with pytest.raises(http.Unknown, match="cannot read"):
        get(server, "/content").json()


@pytest.mark.parametrize("status", [200, 201, 204, 304])
def test_success_and_not_modified_are_replies(server, status):
    assert get(server, f"/status?code={status}").status == status


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 422])
def test_a_definite_no_is_refused_for_good_with_their_status_and_words(server, status):
    with pytest.raises(http.Refused) as refused:
        post(server, f"/status?code={status}")
    error = refused.value
    assert (error.status, error.answer, error.permanent, error.page_status) == (
        status,
        "their words",
        True,
        502,
    )
    assert "their words" not in str(error)


def test_401_means_that_the_account_must_be_connected_again(server):
    with pytest.raises(http.AuthExpired) as expired:
        post(server, "/status?code=401")
    assert expired.value.permanent


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504])
def test_whatever_may_have_been_done_is_unknown(server, status):
    with pytest.raises(http.Unknown) as unknown:
        post(server, f"/status?code={status}")
    assert (unknown.value.sent, unknown.value.permanent, unknown.value.page_status) == (True, False, 503)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("retry-after=120", timedelta(seconds=120)),
        ("retry-after=Sun, 01 Mar 2026 09:10:00 GMT", timedelta(minutes=10)),
        ("x-ratelimit-reset=2026-03-01T09:20:00.000000Z", timedelta(minutes=20)),
        ("x-ratelimit-reset=2026-03-01T09:20:00", timedelta(minutes=20)),
        ("x-rate-limit-reset=1772357400", timedelta(minutes=30)),
        ("retry-after=0", timedelta(seconds=1)),
        ("retry-after=Sun, 01 Mar 2020 09:10:00 GMT", timedelta(seconds=1)),
        ("retry-after=99999999999999999999", timedelta(minutes=5)),
        ("retry-after=999999999", timedelta(days=1)),
        ("retry-after=soon", timedelta(minutes=5)),
        ("x=y", timedelta(minutes=5)),
    ],
)
def test_429_says_until_when_we_wait_within_reason(server, time_machine, header, wait):
    time_machine.move_to(NOW, tick=False)
    with pytest.raises(http.RateLimited) as limited:
        post(server, "/status?code=429&" + header.replace(" ", "%20"))
    assert limited.value.until == NOW + wait
    assert limited.value.page_status == 503


@pytest.mark.parametrize("path", ["/drop", "/drop-midway", "/gibberish"])
def test_a_connection_that_breaks_after_we_spoke_is_unknown_and_not_tried_again(server, path):
    with pytest.raises(http.Unknown) as unknown:
        post(server, path)
    assert unknown.value.sent
    assert len(server.seen) == 1


def test_a_connection_that_never_opened_is_unknown_but_surely_nothing_was_sent(settings):
    with outside() as server:
        settings.HTTP_ALLOW_PRIVATE = [server.name]
    with pytest.raises(http.Unknown) as unknown:
        post(server, "/echo")
    assert not unknown.value.sent


@pytest.mark.parametrize("path", ["/silence", "/drip", "/drip-head"])
def test_the_deadline_is_for_the_whole_answer_however_slowly_it_drips(server, path):
    began = datetime.now(UTC)
    with pytest.raises(http.Unknown, match="in time"):
        post(server, path, timeout=0.5)
    assert datetime.now(UTC) - began < timedelta(seconds=3)


def test_an_endless_answer_is_left_when_it_is_more_than_we_take(server):
    with pytest.raises(http.Unknown, match="more than we take"):
        get(server, "/endless", max_bytes=100_000)


def test_a_refusal_stands_though_its_words_never_end(server):
    began = datetime.now(UTC)
    with pytest.raises(http.Refused) as refused:
        get(server, "/endless?code=404", timeout=30)
    assert refused.value.status == 404
    assert datetime.now(UTC) - began < timedelta(seconds=10)


def test_a_packed_answer_is_unpacked_within_the_limit(server):
    server.content = gzip.compress(b"hello " * 1_000)
    assert get(server, "/content?encoding=gzip").text == "hello " * 1_000
    server.content = zlib.compress(b"hello")
    assert get(server, "/content?encoding=deflate").text == "hello"


def test_a_packed_bomb_is_not_unpacked(server):
    server.content = gzip.compress(b"0" * 50_000_000)
    assert len(server.content) < 100_000
    with pytest.raises(http.Unknown, match="more than we take"):
        get(server, "/content?encoding=gzip", max_bytes=100_000)


@pytest.mark.parametrize(("encoding", "content"), [("gzip", b"no gzip"), ("br", b"x"), ("gzip", b"cut")])
def test_a_packing_that_we_cannot_read_is_unknown(server, encoding, content):
    server.content = gzip.compress(b"hello " * 1_000)[:40] if content == b"cut" else content
    with pytest.raises(http.Unknown, match="cannot read"):
        get(server, f"/content?encoding={encoding}")


def test_reading_follows_a_redirect_and_keeps_the_token_at_home(server):
    reply = get(server, "/redirect?to=/echo", headers={"Authorization": "Bearer secret"})
    assert reply.url == server.url + "/echo"
    assert reply.json()["headers"]["Authorization"] == "Bearer secret"


def test_another_origin_gets_no_token_no_cookie_and_no_other_secret(server, settings):
    with outside() as other:
        settings.HTTP_ALLOW_PRIVATE = [server.name, other.name]
        secrets = {
            "Authorization": "Bearer secret",
            "Cookie": "a=b",
            "X-Key": "secret",
            "Accept": "text/html",
        }
        headers = get(server, f"/redirect?to={other.url}/echo", headers=secrets).json()["headers"]
    assert headers["Accept"] == "text/html"
    assert headers["Host"] == other.name
    assert {"Authorization", "Cookie", "X-Key"}.isdisjoint(headers)


def test_three_redirects_are_followed_and_a_circle_is_left(server):
    with pytest.raises(http.Refused, match="circles"):
        get(server, "/circle")
    assert server.paths() == ["/circle"] * 4


@pytest.mark.parametrize(
    ("code", "error"),
    [(301, http.Refused), (302, http.Unknown), (303, http.Unknown), (307, http.Refused), (308, http.Refused)],
)
def test_an_act_is_never_sent_on_to_another_address(server, code, error):
    with pytest.raises(error):
        post(server, f"/redirect?to=/echo&code={code}")
    assert len(server.seen) == 1


def test_a_header_with_a_line_break_is_not_sent(server):
    with pytest.raises(http.Refused) as refused:
        get(server, "/echo", headers={"X-Name": "a\r\nX-Other: b"})
    assert refused.value.status == 0
    assert server.seen == []

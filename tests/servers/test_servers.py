"""Each test server is what it says: it answers, misbehaves on demand and is gone afterwards."""

import smtplib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests.servers.browser import (
    Window,
    assert_axe_clean,
    assert_no_sideways_scroll,
    assert_only_from,
    assert_quiet,
    weigh,
)
from tests.servers.fixtures import here, post, postgres, redis, snac, window
from tests.servers.mail import PostOffice, mail_server
from tests.servers.postgres import Postgres
from tests.servers.process import DidNotStart, Missing, Server, folder, free_port, listens
from tests.servers.proxy import proxy
from tests.servers.redis import Redis, redis_server
from tests.servers.snac import Snac, snac_pair, snac_server

__all__ = ["post", "postgres", "redis", "snac", "window"]

pytestmark = pytest.mark.servers

GOOD = (
    "<!doctype html><html lang='en'><title>A page</title><link rel='icon' href='data:,'>"
    "<main><h1>A page</h1><p>Words.</p></main></html>"
)
BAD = "<!doctype html><title>A page</title><main><img src='data:,'><p style='width:900px'>x</main>"
LOUD = (
    "<!doctype html><html lang='en'><title>t</title><script>nobody()</script><img src='http://127.0.0.1:9/x'>"
)


@pytest.fixture
def pages() -> Iterator[str]:
    """A web server with three pages; every POST is counted."""
    texts = {"/good": GOOD, "/bad": BAD, "/loud": LOUD}

    class Handler(BaseHTTPRequestHandler):
        posts = 0

        def log_message(self, *words: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            body = texts.get(self.path, str(type(self).posts)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            type(self).posts += 1
            self.do_GET()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_postgres_gives_fresh_databases_whose_app_role_cannot_change_the_tables(postgres: Postgres) -> None:
    made = postgres.fresh("self_test")
    owner, app = f"{made.name}_migrate", f"{made.name}_app"
    postgres.sql("CREATE TABLE note (words text)", database=made.name, role=owner)
    postgres.sql("INSERT INTO note VALUES ('kept')", database=made.name, role=app)
    assert postgres.sql("SELECT words FROM note", database=made.name, role=app) == "kept"
    with pytest.raises(RuntimeError, match="must be owner"):
        postgres.sql("DROP TABLE note", database=made.name, role=app)
    assert "kept" in postgres.dump(made.name)
    postgres.drop(made)
    assert made.name not in postgres.sql("SELECT datname FROM pg_database")


def test_redis_answers_and_is_gone_afterwards(redis: Redis) -> None:
    redis.empty()
    with redis_server() as other:
        assert other.port != redis.port
        assert listens(other.port)
    assert not listens(other.port)


def test_the_fediverse_carries_a_post_and_a_reply(snac: Snac) -> None:
    told = snac.post("agency", "We heard you")
    reply = snac.post("citizen", "And the bridge?", reply_to=told["id"])
    snac.until_told("agency", "And the bridge?")
    assert [found["id"] for found in snac.replies("agency", told["id"])] == [reply["id"]]
    assert [found["id"] for found in snac.statuses("agency")] == [told["id"]]


def test_a_reply_from_another_server_arrives_and_goes_when_it_is_taken_back() -> None:
    with here(snac_pair) as (town, village):
        told = town.post("agency", "We heard you")
        seen = village.fetch("citizen", told["url"])
        reply = village.post("citizen", "And the bridge?", reply_to=seen)
        town.until_told("agency", "And the bridge?")
        (arrived,) = town.replies("agency", told["id"])
        assert (arrived["url"], arrived["account"]["username"]) == (reply["url"], "citizen")
        village.delete("citizen", reply["id"])
        town.until_gone("agency", arrived["id"])
        assert town.replies("agency", told["id"]) == []


def test_the_fediverse_server_comes_back_with_what_it_knew() -> None:
    with here(snac_server) as snac:
        told = snac.post("agency", "Still here")
        snac.stop()
        snac.start()
        assert snac.status("agency", told["id"])


def test_mail_is_kept_and_refused_as_told(post: PostOffice) -> None:
    post.answer("grey@x.test", "451 4.7.1 try later", times=1)
    post.answer("gone@x.test", "550 5.1.1 no such user")
    with smtplib.SMTP("127.0.0.1", post.port) as line:
        for address, code in [("grey@x.test", 451), ("gone@x.test", 550)]:
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                line.sendmail("a@x.test", [address], "Subject: no\n\nno")
            assert refused.value.recipients[address][0] == code
        line.sendmail("a@x.test", ["grey@x.test"], "Subject: =?utf-8?q?R=C3=A9sum=C3=A9?=\n\nWords")
    (letter,) = post.wait_for("grey@x.test")
    assert (letter.subject, letter.text.strip(), letter.sender) == ("Résumé", "Words", "a@x.test")
    assert post.to("gone@x.test") == []


def test_mail_can_want_a_sign_in() -> None:
    with mail_server("samvad", "secret") as post, smtplib.SMTP("127.0.0.1", post.port) as line:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            line.login("samvad", "wrong")
        line.login("samvad", "secret")
        line.sendmail("a@x.test", ["b@x.test"], "Subject: yes\n\nyes")
        assert len(post.to("b@x.test")) == 1


def test_the_proxy_commits_upstream_and_drops_the_answer(pages: str) -> None:
    with proxy(pages) as line:
        line.drop_answers("POST", "/thing", times=1)
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{line.base_url}/thing")
        assert httpx.post(f"{line.base_url}/thing").text == "2"
        line.reply("POST", "/thing", status=429, headers={"Retry-After": "30"})
        assert httpx.post(f"{line.base_url}/thing").headers["Retry-After"] == "30"
        assert line.count("POST", "/thing") == 3
        assert httpx.get(f"{line.base_url}/thing").text == "2"


def test_the_proxy_holds_an_answer_until_it_is_let_go(pages: str) -> None:
    with proxy(pages) as line:
        let_go = line.hold_answers("POST", "/thing")
        answers: list[str] = []
        asking = threading.Thread(target=lambda: answers.append(httpx.post(f"{line.base_url}/thing").text))
        asking.start()
        assert httpx.get(f"{line.base_url}/thing").status_code == 200
        assert answers == []
        let_go.set()
        asking.join(10)
        assert answers == ["1"]


@pytest.mark.parametrize("js", [True, False])
def test_the_browser_finds_what_is_wrong_with_a_page(window: Window, pages: str, js: bool) -> None:
    page = window.page(js=js, width=320)
    page.goto(f"{pages}/good")
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    assert_only_from(page, pages)
    page.goto(f"{pages}/bad")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_axe_clean(page)
    with pytest.raises(AssertionError, match="px wide"):
        assert_no_sideways_scroll(page)


def test_the_browser_notices_failing_scripts_and_third_parties(window: Window, pages: str) -> None:
    page = window.page()
    page.goto(f"{pages}/loud")
    with pytest.raises(AssertionError, match="nobody is not defined"):
        assert_quiet(page)
    with pytest.raises(AssertionError, match="somebody else"):
        assert_only_from(page, pages)


def test_a_page_is_weighed_cold(window: Window, pages: str) -> None:
    weight = weigh(window, f"{pages}/good")
    assert weight.requests == 1
    assert len(GOOD) < weight.bytes < len(GOOD) + 1000


def test_a_server_that_does_not_start_says_what_its_log_says() -> None:
    with folder("broken") as home:
        server = Server("broken", ["sh", "-c", "echo no room; exit 3"], log=home / "log")
        with pytest.raises(DidNotStart, match="no room"):
            server.start().ready(lambda: listens(free_port()), seconds=5)


def test_a_missing_tool_is_a_skip_and_under_ci_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNAC", "")
    monkeypatch.setattr("tests.servers.snac.program", lambda: None)
    with pytest.raises(Missing):
        snac_server().__enter__()
    for ci, outcome in [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]:
        monkeypatch.setenv("CI", ci)
        with pytest.raises(outcome), here(snac_server):
            pass

"""The figures of the bench programs: shares of times, the middle round, and an error for anything but 200."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import _house


class Answers(BaseHTTPRequestHandler):
    """200 with the cookie that was sent, or what the path asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = self.headers.get("Cookie", "").encode()
        self.send_response(503 if self.path == "/broken" else 200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *words: object) -> None:
        return


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_shares_and_the_middle_round() -> None:
    found = _house.Measured(times=[0.004, 0.001, 0.003, 0.002], rates=[10.0, 300.0, 20.0])
    assert (found.at(0.5), found.at(0.95), found.rps) == (3.0, 4.0, 20.0)


def test_the_load_is_counted_and_carries_its_cookie(address: str) -> None:
    found = _house.Measured()
    _house.one_by_one(found, f"{address}/page?x=1", times=3, cookie="a=b")
    _house.together(found, f"{address}/page", seconds=0.05, clients=2)
    assert (len(found.times), found.bytes, len(found.rates)) == (3, 3, 1)
    assert found.rps > 0


def test_anything_but_200_is_an_error_and_no_figure(address: str) -> None:
    with pytest.raises(RuntimeError, match="/broken answered 503"):
        _house.one_by_one(_house.Measured(), f"{address}/broken", times=1)
    with pytest.raises(RuntimeError, match="/broken answered 503"):
        _house.together(_house.Measured(), f"{address}/broken", seconds=0.05)


def test_servers_that_the_environment_names_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@127.0.0.1:1/none")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with _house.stores() as (databases, redis):
        assert (databases, redis) == ({}, "redis://127.0.0.1:1/0")

"""A small server on loopback that behaves as badly as the outside does."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit


class Outside(BaseHTTPRequestHandler):
    """`/status?code=422`, `/redirect?to=…&code=302`, `/endless`, `/drip`, `/drop`, `/silence`, … and `/echo`."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.given = {name.title(): value for name, value in self.headers.items()}
        self.server.seen.append((self.command, self.path, self.given, self.body))
        try:
            getattr(self, address.path.strip("/").replace("-", "_"))()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_POST = do_HEAD = do_PUT = do_GET

    def echo(self) -> None:
        said = {"method": self.command, "headers": self.given, "body": self.body.decode("latin-1")}
        self.answer(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    def status(self) -> None:
        headers = {name: value for name, value in self.asked.items() if name != "code"}
        self.answer(int(self.asked["code"]), b"their words", headers)

    def redirect(self) -> None:
        self.answer(int(self.asked.get("code", "302")), b"", {"Location": self.asked["to"]})

    def circle(self) -> None:
        self.answer(302, b"", {"Location": "/circle"})

    def content(self) -> None:
        headers = {"Content-Type": self.asked.get("type", "text/plain")}
        if "encoding" in self.asked:
            headers["Content-Encoding"] = self.asked["encoding"]
        self.answer(200, self.server.content, headers)

    def endless(self) -> None:
        """A body without end; with `code`, the body of a refusal."""
        self.start(int(self.asked.get("code", "200")))
        while not self.server.ended.is_set():
            self.wfile.write(b"x" * 65_536)

    def drip(self) -> None:
        """A byte of the body now and then, each well within any time-out for one read."""
        self.start(200)
        self.dripping(b"x")

    def drip_head(self) -> None:
        """The same in the headers, which never end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.dripping(b"x")

    def drop(self) -> None:
        """Takes the request and hangs up without a word."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def drop_midway(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf an ans")
        self.drop()

    def silence(self) -> None:
        self.server.ended.wait(timeout=30)
        self.close_connection = True

    def gibberish(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.drop()

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(content)

    def start(self, status: int) -> None:
        self.close_connection = True
        self.send_response(status)
        self.end_headers()

    def dripping(self, piece: bytes) -> None:
        self.close_connection = True
        end = time.monotonic() + 30
        while time.monotonic() < end and not self.server.ended.wait(timeout=0.1):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Outside)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.content = b""
        self.ended = Event()

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    def paths(self) -> list[str]:
        return [path for _method, path, _headers, _body in self.seen]


@contextmanager
def outside() -> Iterator[Server]:
    """A running server; its `seen` says what came in."""
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join(timeout=10)

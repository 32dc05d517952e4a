"""A private Redis on a free loopback port, without persistence.

with redis_server() as redis:
    redis.url            # redis://127.0.0.1:PORT/0
"""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.servers.process import Missing, Server, folder, free_port


@dataclass(frozen=True)
class Redis:
    """A running Redis."""

    port: int
    server: Server

    @property
    def url(self) -> str:
        """REDIS_URL of database 0."""
        return self.database(0)

    def database(self, number: int) -> str:
        """REDIS_URL of one of the sixteen databases."""
        return f"redis://127.0.0.1:{self.port}/{number}"

    def empty(self) -> None:
        """Forgets everything in every database."""
        _say(self.port, b"FLUSHALL")


@contextmanager
def redis_server() -> Iterator[Redis]:
    """Starts Redis; raises Missing when it is not on this machine."""
    program = os.environ.get("REDIS_SERVER") or shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise Missing("Redis is not here (package redis-server)")
    port = free_port()
    with folder("redis") as home:
        settings = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        server = Server("redis", [program, *settings, "--dir", str(home)], log=home / "redis.log", cwd=home)
        server.start()
        try:
            server.ready(lambda: _say(port, b"PING").startswith(b"+PONG"))
            yield Redis(port, server)
        finally:
            server.stop()


def _say(port: int, words: bytes) -> bytes:
    """One inline command, without a client library; empty when nobody answers yet."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(words + b"\r\n")
            return line.recv(100)
    except OSError:
        return b""

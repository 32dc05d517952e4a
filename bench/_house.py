"""What the programs here share: servers on free loopback ports, a load of a bounded size, and the last line.

`DATABASE_URL` and `REDIS_URL` name servers that run already; else private ones are started and ended here.
"""

import http.client
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.servers.postgres import attached, postgres_server
from tests.servers.process import Server, free_port, listens
from tests.servers.redis import redis_server

ROOT = Path(__file__).resolve().parent.parent
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
WORKERS, THREADS = 2, 4


def say(words: str) -> None:
    """Progress, on standard error."""
    print(words, file=sys.stderr, flush=True)


def last_line(found: Mapping[str, Any]) -> None:
    """The result, on standard output: one line of JSON."""
    print(json.dumps(found, sort_keys=True), flush=True)


def plain_environment() -> dict[str, str]:
    """What a program needs of ours and no setting of the developer's."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


@contextmanager
def stores(*databases: str) -> Iterator[tuple[dict[str, str], str]]:
    """An empty database for each name, by its address, and the address of a Redis."""
    with ExitStack() as stack:
        given = os.environ.get("DATABASE_URL")
        cluster = attached(given) if given else stack.enter_context(postgres_server())
        made = {}
        for name in databases:
            fresh = cluster.fresh(name)
            stack.callback(cluster.drop, fresh)
            made[name] = fresh.migrate
        redis = os.environ.get("REDIS_URL") or stack.enter_context(redis_server()).url
        yield made, redis


def run(*words: str, env: Mapping[str, str], cwd: Path = ROOT) -> str:
    """A program to its end; what it printed. Raises RuntimeError with its last words."""
    done = subprocess.run(words, cwd=cwd, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[:3])} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout


@dataclass(frozen=True)
class Served:
    """Where a server answers, and its first process, whose children do the work."""

    url: str
    pid: int

    def worked(self) -> float:
        """Seconds that its processes had a core for themselves: what else this machine does is not in it."""
        found = 0
        for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            for thread in Path(f"/proc/{pid}/task").iterdir():
                found += int((thread / "schedstat").read_text().split()[0])
        return found / 1_000_000_000


@contextmanager
def gunicorn(
    application: str, *, env: Mapping[str, str], home: Path, cwd: Path = ROOT, port: int = 0
) -> Iterator["Served"]:
    """A WSGI application as the product is served: two processes of four threads."""
    port = port or free_port()
    size = ["--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread"]
    words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--preload", *size]
    log = home / f"{application}-{port}.log"
    server = Server(application, [*words, "--log-level", "warning"], log=log, env=env, cwd=cwd)
    server.start()
    try:
        server.ready(lambda: listens(port), seconds=60)
        yield Served(f"http://localhost:{port}", server.pid)
    finally:
        server.stop()


def house_environment(database: str, redis: str, home: Path, port: int) -> dict[str, str]:
    """The product under production's settings, on loopback."""
    return plain_environment() | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATA_DIR": str(home),
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "PYTHONWARNINGS": "ignore",
    }


@dataclass
class Measured:
    """Times of single requests in seconds, and how many a second several clients at once got."""

    times: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    worked: float = 0.0
    bytes: int = 0

    def at(self, share: float) -> float:
        """The time under which this share of single requests stayed, in milliseconds."""
        ordered = sorted(self.times)
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    @property
    def cpu_ms(self) -> float:
        """What a core worked for one single request in the web's processes, in milliseconds."""
        return round(1000 * self.worked / len(self.times), 2)

    @property
    def rps(self) -> float:
        """Requests a second, the middle one of the rounds."""
        ordered = sorted(self.rates)
        return round(ordered[len(ordered) // 2], 1)


def one_by_one(into: Measured, url: str, *, times: int, cookie: str = "") -> None:
    """So many requests, one after the other over one line; anything but 200 is an error."""
    line, path = _line(url)
    with closing(line):
        for _time in range(times):
            begun = time.perf_counter()
            into.bytes = _ask(line, path, cookie)
            into.times.append(time.perf_counter() - begun)


def together(into: Measured, url: str, *, seconds: float, clients: int = 4, cookie: str = "") -> None:
    """Several clients at once, each over a line of its own, for so many seconds."""
    counts, errors = [0] * clients, []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        line, path = _line(url)
        try:
            with closing(line):
                while time.monotonic() < end:
                    _ask(line, path, cookie)
                    counts[number] += 1
        except Exception as error:
            errors.append(error)

    begun = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    into.rates.append(sum(counts) / (time.perf_counter() - begun))


def _line(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return http.client.HTTPConnection(parts.hostname or "localhost", parts.port, timeout=30), path


def _ask(line: http.client.HTTPConnection, path: str, cookie: str) -> int:
    line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(body)


def python(*words: str) -> Sequence[str]:
    """The words of a program that our own Python runs."""
    return (sys.executable, *words)

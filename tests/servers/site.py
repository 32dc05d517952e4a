"""The product itself as real processes: gunicorn, one Celery worker and the clock, on a fresh database.

    with site(mail_url=post.url, allow=[snac.host]) as house:
        house.base_url                        # http://localhost:PORT
        house.manage("demo"); house.shell("…"); house.one("SELECT …")
        house.kill9("worker"); house.start("worker"); house.stop("beat")
        house.until(lambda: …, what="the post is out")

The engines follow the environment: with DATABASE_URL the house has a fresh database there and a Redis of its own,
else it stands on SQLite and the file broker.
"""

import atexit
import base64
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import psycopg

from portal import supervisor
from tests import kept_database
from tests.servers.postgres import Addresses, attached
from tests.servers.process import Server, folder, free_port, wait_until
from tests.servers.redis import redis_server

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")


class Site:
    """A running house; see the head of this file."""

    def __init__(self, port: int, home: Path, env: dict[str, str], database: Addresses | None) -> None:
        self.port, self.home, self.env, self.database = port, home, env, database
        self.parts: dict[str, Server] = {}
        self._forks: subprocess.Popen[str] | None = None

    @property
    def base_url(self) -> str:
        """The address as a person types it."""
        return f"http://localhost:{self.port}"

    @property
    def data(self) -> Path:
        """DATA_DIR of this house."""
        return self.home / "data"

    def manage(self, *words: str, env: Mapping[str, str] | None = None) -> str:
        """Runs a command of the product and gives what it printed; raises RuntimeError with its error.

        `env` adds variables for this command alone, in a process of its own; else it is forked (`loaded.py`).
        """
        if env:
            done = subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), *words],
                capture_output=True, text=True, check=False, cwd=ROOT, env={**self.env, **env},
            )  # fmt: skip
            return _printed(words, done.returncode, done.stdout, done.stderr)
        with folder("command") as place:
            files = {name: place / name for name in ("in", "out", "err")}
            for file in files.values():
                file.touch()
            loaded = self._loaded()
            said = json.dumps({"words": words, "folder": str(place)})
            print(said, file=loaded.stdin, flush=True)
            status = loaded.stdout.readline() if loaded.stdout else ""
            return _printed(words, int(status or -1), files["out"].read_text(), files["err"].read_text())

    def shell(self, code: str) -> str:
        """Runs Python inside the product, for what no page shows; gives what it printed."""
        return self.manage("shell", "--verbosity", "0", "--command", code)

    def _loaded(self) -> "subprocess.Popen[str]":
        """The process that forks for each command; it ends when nobody can ask it any more."""
        if self._forks is None:
            self._forks = subprocess.Popen(
                [sys.executable, "-m", "tests.servers.loaded"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=self.env,
            )  # fmt: skip
        return self._forks

    def start(self, *names: str) -> None:
        """Starts parts (`web`, `worker`, `beat`; all without a name) and waits until they are at work."""
        for name in names or tuple(self.parts):
            part = self.parts[name]
            begin = part.log.stat().st_size if part.log.exists() else 0
            part.start()
            part.ready(lambda name=name, begin=begin: self._at_work(name, begin), seconds=60)

    def stop(self, *names: str) -> None:
        """Ends parts in an orderly way."""
        for name in names or tuple(reversed(self.parts)):
            self.parts[name].stop()

    def kill9(self, name: str) -> None:
        """SIGKILL to a part and all of its processes, in the middle of whatever it does."""
        self.parts[name].kill9()

    def end(self) -> None:
        """Ends everything at once: a worker takes seconds to say goodbye, and nobody looks at it any more."""
        for name in reversed(self.parts):
            self.kill9(name)
        if self._forks is not None:
            self._forks.communicate()

    def until(
        self, true: Callable[[], object], *, what: str, seconds: float = 60, every: float = 0.25
    ) -> None:
        """Waits for something that worker and clock do by themselves; looking at a page costs, so `every` second."""
        wait_until(true, seconds=seconds, what=what, every=every)

    def logs(self) -> str:
        """The last lines of every part, for the message of a failed test."""
        return "\n".join(
            f"--- {name}\n{part.tail()}" for name, part in self.parts.items() if part.log.exists()
        )

    def one(self, sql: str) -> Any:
        """The single value of a query, read beside the running house; None when there is no row."""
        if self.database:
            with psycopg.connect(self.database.app, autocommit=True) as postgres:
                row = postgres.execute(sql).fetchone()
        else:
            with closing(sqlite3.connect(self.data / "samvad.sqlite3", timeout=20)) as sqlite:
                row = sqlite.execute(sql).fetchone()
        return row[0] if row else None

    def _at_work(self, name: str, begin: int) -> bool:
        if name == "web":
            return _healthy(self.base_url)
        with self.parts[name].log.open("rb") as log:
            log.seek(begin)
            said = log.read().decode(errors="replace")
        return (" ready." if name == "worker" else "beat: Starting") in said


@contextmanager
def site(
    *,
    mail_url: str = "",
    allow: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    parts: Sequence[str] = ("web", "worker", "beat"),
) -> Iterator[Site]:
    """Starts a house of its own; `allow` lists the `host:port` of the test's servers, `env` adds settings."""
    port = free_port()
    with ExitStack() as stack:
        home = stack.enter_context(folder("site"))
        (home / "data").mkdir()
        settings, database = _settings(port, home, stack)
        settings |= {"MAIL_URL": mail_url} if mail_url else {}
        settings |= {"HTTP_ALLOW_PRIVATE": ",".join(allow)} if allow else {}
        house = Site(port, home, settings | dict(env or {}), database)
        _prepare(house)
        made = {
            "web": supervisor.web(host="127.0.0.1", port=port),
            "worker": supervisor.worker(log_level="INFO"),
            "beat": supervisor.beat(data=house.data, log_level="INFO"),
        }
        for name in parts:
            log = home / f"{name}.log"
            house.parts[name] = Server(name, made[name].command, log=log, env=house.env, cwd=ROOT)
        stack.callback(house.end)
        house.start()
        yield house


def _settings(port: int, home: Path, stack: ExitStack) -> tuple[dict[str, str], Addresses | None]:
    """The environment of the house: production's settings on loopback."""
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    env |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "TOKEN_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATA_DIR": str(home / "data"),
        "STATIC_ROOT": str(_static()),
        "OWNER_NAME": "Nadipur Regional Government",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
    }
    if not os.environ.get("DATABASE_URL"):
        return env, None
    cluster = attached(os.environ["DATABASE_URL"])
    database = cluster.fresh()
    stack.callback(cluster.drop, database)
    env |= {"DATABASE_URL": database.app, "REDIS_URL": stack.enter_context(redis_server()).url}
    return env, database


def _prepare(house: Site) -> None:
    """Tables and static files; what can be is made once and copied."""
    if house.database:
        kept_database.bring_postgres(house.database.migrate)
    else:
        kept_database.bring(house.data / "samvad.sqlite3")
    with kept_database.alone(_kept() / "static.lock"):
        if not (_static() / "staticfiles.json").exists():
            house.manage("collectstatic", "--no-input", "--verbosity", "0")


@cache
def _kept() -> Path:
    """A folder for this whole run of the tests; `make test` names one for all of its runs."""
    if named := os.environ.get("SAMVAD_TEST_KEPT"):
        return Path(named)
    path = Path(tempfile.mkdtemp(prefix="samvad-run-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def _static() -> Path:
    return _kept() / "static"


def _printed(words: Sequence[str], status: int, out: str, err: str) -> str:
    if status:
        raise RuntimeError(f"manage.py {words[0]} ended with {status}:\n{err[-4000:]}")
    return out


def _healthy(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False

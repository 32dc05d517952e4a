"""A private PostgreSQL cluster on a free loopback port.

with postgres_server() as pg:
    pg.url                        # postgres://samvad@127.0.0.1:PORT/samvad, a superuser, for the suite
    pg.fresh("circle")            # Addresses(app=…, migrate=…): an empty database with two roles
    pg.sql("SELECT 1")            # as the superuser
    pg.dump("circle")             # the whole database as SQL text
"""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.process import Missing, Server, folder, free_port

OWNER = "samvad"


@dataclass(frozen=True)
class Addresses:
    """One database: the app's role may not change the tables' shape, the migration role owns them."""

    name: str
    app: str
    migrate: str


class Postgres:
    """A running cluster; see the head of this file."""

    def __init__(self, url: str, programs: Path, server: Server | None = None) -> None:
        self.url, self.programs, self.server = url, programs, server

    def address(self, database: str = "", role: str = "") -> str:
        """The address of a database for a role; a role made here needs no password on loopback."""
        known = urlsplit(self.url)
        who = role or known.netloc.rpartition("@")[0]
        where = known.netloc.rpartition("@")[2]
        return f"{known.scheme}://{who}@{where}/{database or known.path.lstrip('/')}"

    def sql(self, statement: str, *, database: str = "", role: str = "") -> str:
        """Runs SQL and gives its bare output; raises RuntimeError with psql's words."""
        return self._run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement,
                         self.address(database, role))  # fmt: skip

    def fresh(self, name: str = "site") -> Addresses:
        """An empty database of its own, `…_app` is the product's role, `…_migrate` owns the tables."""
        name = f"{name}_{secrets.token_hex(3)}"
        app, migrate = f"{name}_app", f"{name}_migrate"
        self.sql(f"CREATE ROLE {app} LOGIN")
        self.sql(f"CREATE ROLE {migrate} LOGIN")
        self.sql(f"CREATE DATABASE {name} OWNER {migrate}")
        for right in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT, UPDATE ON SEQUENCES"):
            self.sql(f"ALTER DEFAULT PRIVILEGES FOR ROLE {migrate} GRANT {right} TO {app}", database=name)
        return Addresses(name, self.address(name, app), self.address(name, migrate))

    def drop(self, made: Addresses) -> None:
        """Takes away what `fresh` made, whoever is still connected."""
        self.sql(f"DROP DATABASE {made.name} WITH (FORCE)")
        self.sql(f"DROP ROLE {made.name}_app, {made.name}_migrate")

    def dump(self, database: str) -> str:
        """Everything in a database as SQL text, to search for words that must not be there."""
        return self._run("pg_dump", self.address(database))

    def _run(self, program: str, *words: str) -> str:
        found = self.programs / program
        done = subprocess.run([found, *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")
        return done.stdout.strip()


def attached(url: str) -> Postgres:
    """The cluster of an address that the environment names; its role must be allowed to make others."""
    return Postgres(url, programs())


def programs() -> Path:
    """The folder of the newest PostgreSQL server on this machine; raises Missing."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("postgres")
    if not on_path:
        raise Missing("PostgreSQL's server is not here (package postgresql)")
    return Path(on_path).resolve().parent


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Postgres]:
    """Starts a cluster; `durable` keeps fsync on for tests that pull the plug."""
    where, port = programs(), free_port()
    user = "postgres" if os.geteuid() == 0 else ""
    with folder("postgres") as home:
        data = home / "data"
        if user:
            shutil.chown(home, user)
        prepare = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]
        _as_user(user, [where / "initdb", "-D", data, *prepare, *([] if durable else ["--no-sync"])])
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": home,
            "max_connections": 200,
            "shared_buffers": "128MB",
            "jit": "off",
        }
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            settings |= {"autovacuum": "off", "wal_level": "minimal", "max_wal_senders": "0"}
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        log = home / "postgres.log"
        server = Server("postgres", [str(where / "postgres"), "-D", str(data), *words], log=log, cwd=home,
                        user=user, stop_with=signal.SIGINT)  # fmt: skip
        server.start()
        try:
            server.ready(lambda: _ready(where, port))
            here = Postgres(f"postgres://{OWNER}@127.0.0.1:{port}/{OWNER}", where, server)
            here.sql(f"CREATE DATABASE {OWNER}", database="postgres")
            yield here
        finally:
            server.stop()


def _ready(where: Path, port: int) -> bool:
    asked = [str(where / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0


def _as_user(user: str, command: list[str | Path]) -> None:
    words = [str(word) for word in command]
    full = ["runuser", "-u", user, "--", *words] if user else words
    done = subprocess.run(full, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name} failed: {done.stderr.strip()}")

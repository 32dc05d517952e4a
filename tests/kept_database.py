"""Migrated databases to copy: migrations are run once for each state of the migration files.

What was migrated lies in the user's cache folder under a name made from the engine, every migration and every pin: a
SQLite database, or PostgreSQL's own dump. Whoever comes first makes it, everybody else waits and copies it, and
`migrate` finds that there is nothing to do. On PostgreSQL, where each run has a cluster of its own, the first process
fills a template, and every process of the run begins with a copy of that. `SAMVAD_TEST_DATABASE=fresh` migrates from
nothing.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from scripts.snac import cache_folder
from tests.servers.postgres import programs

ROOT = Path(__file__).parent.parent
KEPT = 12


def bring(target: Path, **settings: str) -> None:
    """Puts a migrated SQLite database at `target`, made now if nobody has made it yet with these `settings`."""
    if _wants_fresh():
        _migrate_sqlite(target, **settings)
        return
    kept = _place(f"sqlite {sqlite3.sqlite_version} {sorted(settings.items())}", ".sqlite3")
    _made_now(kept, lambda unfinished: _migrate_sqlite(unfinished, **settings))
    shutil.copyfile(kept, target)
    kept.touch()


def bring_postgres(url: str) -> None:
    """Puts migrated tables into the empty PostgreSQL database at `url`; they belong to the role of that address."""
    if _wants_fresh():
        _migrate(DATABASE_URL=url)
        return

    def migrate_and_dump(unfinished: Path) -> None:
        _migrate(DATABASE_URL=url)
        dump = [programs() / "pg_dump", "--no-owner", "--no-privileges", "--file", unfinished, url]
        subprocess.run(dump, check=True)

    kept = _place(f"postgres {programs()}", ".sql")
    if not _made_now(kept, migrate_and_dump):
        quietly = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction"]
        restore = [programs() / "psql", *quietly, "-f", kept, url]
        subprocess.run(restore, check=True, stdout=subprocess.DEVNULL)
        kept.touch()


def template(folder: Path) -> str:
    """The name of a migrated PostgreSQL database to copy; whoever comes first to `folder` makes it."""
    name = f"{connection.settings_dict['NAME']}_template"
    with alone(folder / "template.lock"):
        done = folder / "template.done"
        if done.exists():
            return name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()
        bring_postgres(f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}")
        done.touch()
    return name


def _place(engine: str, suffix: str) -> Path:
    digest = hashlib.sha256(engine.encode())
    for path in [*sorted(ROOT.glob("*/migrations/*.py")), *sorted(ROOT.glob("requirements*.txt"))]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return cache_folder() / "test-databases" / f"{digest.hexdigest()[:32]}{suffix}"


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Processes that come later wait here; the lock goes with its process."""
    with lock.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _wants_fresh() -> bool:
    return os.environ.get("SAMVAD_TEST_DATABASE") == "fresh"


def _made_now(kept: Path, make: Callable[[Path], None]) -> bool:
    """False where somebody made it before; what `make` puts at its path then stands at `kept`, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with alone(kept.with_suffix(".lock")):
        if kept.exists():
            return False
        unfinished = kept.with_suffix(f".{os.getpid()}")
        make(unfinished)
        unfinished.replace(kept)
        _tidy(kept.parent)
        return True


def _migrate_sqlite(target: Path, **settings: str) -> None:
    """An empty database is migrated, and put at `target` when that is done."""
    with tempfile.TemporaryDirectory(prefix="samvad-migrate-") as data:
        _migrate(DATA_DIR=data, **settings)
        with sqlite3.connect(Path(data) / "samvad.sqlite3") as database:
            database.execute("VACUUM INTO ?", [str(target)])
        database.close()


def _migrate(**settings: str) -> None:
    """In a process of its own; what it leaves beside the database goes with it."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    with tempfile.TemporaryDirectory(prefix="samvad-migrate-") as data:
        env |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATA_DIR": data,
            "PYTHONWARNINGS": "ignore",
        }
        subprocess.run(words, cwd=ROOT, env=env | settings, check=True)


def _tidy(folder: Path) -> None:
    """The oldest beyond a few go."""
    kept = [path for kind in ("*.sqlite3", "*.sql") for path in folder.glob(kind)]
    by_age = sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".lock").unlink(missing_ok=True)

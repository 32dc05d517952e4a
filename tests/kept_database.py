"""Migrated databases to copy: migrations are run once for each state of the migration files.

On SQLite the database lies in the user's cache folder under a name made from every migration and every pin; whoever
comes first makes it, everybody else waits and copies it, and `migrate` finds that there is nothing to do.
`SAMVAD_TEST_DATABASE=fresh` migrates from nothing. On PostgreSQL, where each run has a cluster of its own, the first
process migrates a template, and every process of the run begins with a copy of it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).parent.parent
KEPT = 8


def bring(target: Path) -> None:
    """Puts a migrated SQLite database at `target`, made now if nobody has made it yet."""
    kept = _place()
    if os.environ.get("SAMVAD_TEST_DATABASE") == "fresh":
        _migrate(target)
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with alone(kept.with_suffix(".lock")):
        if not kept.exists():
            _migrate(kept)
            _tidy(kept.parent)
    shutil.copyfile(kept, target)
    kept.touch()


def template(folder: Path) -> str:
    """The name of a migrated PostgreSQL database to copy; whoever comes first to `folder` makes it."""
    settings = connection.settings_dict
    name, own = f"{settings['NAME']}_template", settings["NAME"]
    with alone(folder / "template.lock"):
        done = folder / "template.done"
        if done.exists():
            return name
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()
        settings["NAME"] = name
        try:
            call_command("migrate", verbosity=0)
        finally:
            connection.close()
            settings["NAME"] = own
        done.touch()
    return name


def _place() -> Path:
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in [*sorted(ROOT.glob("*/migrations/*.py")), *sorted(ROOT.glob("requirements*.txt"))]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "samvad" / "test-databases" / f"{digest.hexdigest()[:32]}.sqlite3"


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Processes that come later wait here; the lock goes with its process."""
    with lock.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _migrate(target: Path) -> None:
    """A process of its own migrates an empty database, which then stands at `target`, whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="samvad-migrate-") as data:
        env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        env |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DATA_DIR": data,
            "PYTHONWARNINGS": "ignore",
        }
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True
        )
        unfinished = target.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(Path(data) / "samvad.sqlite3") as database:
            database.execute("VACUUM INTO ?", [str(unfinished)])
        database.close()
        unfinished.replace(target)


def _tidy(folder: Path) -> None:
    """The oldest beyond a few go."""
    by_age = sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".lock").unlink(missing_ok=True)

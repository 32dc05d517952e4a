"""A migrated SQLite database, kept between runs: migrations are run once for each state of the migration files.

It lies in the user's cache folder under a name made from every migration and every pin; a run copies it and lets
`migrate` find that there is nothing to do. `SAMVAD_TEST_DATABASE=fresh` migrates from nothing.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = 8


def place() -> Path | None:
    """Where the database for the migrations as they stand is kept; None when it shall not be."""
    if os.environ.get("SAMVAD_TEST_DATABASE") == "fresh":
        return None
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in [*sorted(ROOT.glob("*/migrations/*.py")), *sorted(ROOT.glob("requirements*.txt"))]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "samvad" / "test-databases" / f"{digest.hexdigest()[:32]}.sqlite3"


def bring(target: Path) -> None:
    """Puts the kept database at `target`, when there is one."""
    kept = place()
    if kept is not None and kept.exists():
        shutil.copyfile(kept, target)
        kept.touch()


def keep(source: Path) -> None:
    """Keeps the database at `source`, whole or not at all; the oldest beyond a few go."""
    kept = place()
    if kept is None or kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(source) as database:
        database.execute("VACUUM INTO ?", [str(unfinished)])
    database.close()
    unfinished.replace(kept)
    by_age = sorted(kept.parent.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink(missing_ok=True)

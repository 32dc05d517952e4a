"""Each workshop and each door can be taken away: the rest stands by itself, answers and does its work.

A process of its own for each, on SQLite: which migrations need which has nothing to do with the engine. Without all
upper rooms, and without the one that makes the opening page, an empty database is migrated (once for each state of
the migrations: `kept_database`); without another one the migrations of the rest are read as a whole, and the work is
done in a copy of the database of the whole house.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import kept_database

pytestmark = pytest.mark.xdist_group("houses without a room")
"""Groups are begun before single tests: these take long, and would keep one process busy at the very end."""
ROOT = Path(__file__).resolve().parents[2]
WORKSHOPS = ("ideas", "moderation", "analysis", "outreach")
DOORS = ("cms", "search", "api", "notifications")
FOUNDATION = ("slots", "registry", "normalise", "addresses")
QUICK = [f"tests/foundation/test_{name}.py" for name in FOUNDATION]


def live(data: Path, without: str, *more: str) -> None:
    """In a process without these rooms the rest does its work, in the database that stands in `data`."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env |= {
        "DJANGO_SETTINGS_MODULE": "tests.holds.settings_without",
        "WITHOUT": without,
        "DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
    }
    words = [
        "-m",
        "pytest",
        "-q",
        "--noconftest",
        "--reuse-db",
        "--tb=short",
        "tests/holds/lower_rooms.py",
        *more,
    ]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"without {without}:\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    assert " passed" in done.stdout and " skipped" not in done.stdout


@pytest.mark.parametrize("room", sorted({*WORKSHOPS, *DOORS} - {"cms"}))
def test_the_rest_lives_without(room: str, tmp_path: Path):
    kept_database.bring(tmp_path / "samvad.sqlite3")
    live(tmp_path, room)


@pytest.mark.parametrize("rooms", ["cms", " ".join(WORKSHOPS + DOORS)])
def test_the_rest_begins_without(rooms: str, tmp_path: Path):
    kept_database.bring(
        tmp_path / "samvad.sqlite3", DJANGO_SETTINGS_MODULE="tests.holds.settings_without", WITHOUT=rooms
    )
    live(tmp_path, rooms, *QUICK)

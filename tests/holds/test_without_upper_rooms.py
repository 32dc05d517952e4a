"""Each workshop and each door can be taken away: the rest migrates an empty database, answers and does its work.

A process of its own for each, on SQLite: which migrations need which has nothing to do with the engine. What the
lower rooms need is migrated once, without any upper room; each process goes on from there with all rooms but one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKSHOPS = ("ideas", "moderation", "analysis", "outreach")
DOORS = ("cms", "search", "api", "notifications")
FOUNDATION = ("slots", "registry", "normalise", "addresses")
QUICK = [f"tests/foundation/test_{name}.py" for name in FOUNDATION]


def run(*words: str, data: Path, without: str) -> str:
    """A process without these rooms; fails with its last words."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env |= {
        "DJANGO_SETTINGS_MODULE": "tests.holds.settings_without",
        "WITHOUT": without,
        "DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"without {without}:\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated without any workshop and any door."""
    data = tmp_path_factory.mktemp("below")
    run("manage.py", "migrate", "--verbosity", "0", data=data, without=" ".join(WORKSHOPS + DOORS))
    return data / "samvad.sqlite3"


@pytest.mark.parametrize("room", [*WORKSHOPS, *DOORS, " ".join(WORKSHOPS + DOORS)])
def test_the_rest_lives_without(room: str, below: Path, tmp_path: Path):
    shutil.copy(below, tmp_path / "samvad.sqlite3")
    words = ["-m", "pytest", "-q", "--noconftest", "--reuse-db", "--tb=short"]
    said = run(*words, "tests/holds/lower_rooms.py", *QUICK, data=tmp_path, without=room)
    assert " passed" in said and " skipped" not in said

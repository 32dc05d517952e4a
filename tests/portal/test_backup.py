"""What `deploy/backup.sh` keeps, `deploy/restore.sh` brings back, on both engines, and never over something."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.servers.fixtures import postgres
from tests.servers.postgres import Postgres

__all__ = ["postgres"]

ROOT = Path(__file__).resolve().parents[2]


def run(
    script: str, file: Path, programs: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    path = f"{programs}:{os.environ['PATH']}" if programs else os.environ["PATH"]
    return subprocess.run(
        [ROOT / "deploy" / script, file],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": path, **env},
    )


def test_a_place_on_sqlite_comes_back_with_its_uploads(tmp_path: Path) -> None:
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept.tar.gz"
    (old / "media" / "images").mkdir(parents=True)
    (old / "media" / "images" / "bridge.txt").write_text("a picture")
    database = sqlite3.connect(old / "samvad.sqlite3")
    database.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE note (words); INSERT INTO note VALUES ('ask')"
    )
    database.commit()
    assert run("backup.sh", kept, DATA_DIR=str(old)).returncode == 0
    database.close()
    done = run("restore.sh", kept, DATA_DIR=str(new))
    assert done.returncode == 0, done.stderr
    back = sqlite3.connect(new / "samvad.sqlite3")
    assert back.execute("SELECT words FROM note").fetchall() == [("ask",)]
    back.close()
    assert (new / "media" / "images" / "bridge.txt").read_text() == "a picture"
    again = run("restore.sh", kept, DATA_DIR=str(new))
    assert (again.returncode, again.stderr) == (1, f"{new}/samvad.sqlite3 is there already.\n")


@pytest.mark.servers
def test_a_database_of_postgresql_comes_back_only_into_an_empty_one(
    postgres: Postgres, tmp_path: Path
) -> None:
    kept, old = tmp_path / "kept.tar.gz", postgres.fresh("old")
    new = f"{old.name}_back"
    postgres.sql("CREATE TABLE note (words text)", database=old.name, role=f"{old.name}_migrate")
    postgres.sql("INSERT INTO note VALUES ('ask')", database=old.name)
    place = {"DATA_DIR": str(tmp_path / "data"), "programs": postgres.programs}
    saved = run("backup.sh", kept, **place, DATABASE_URL=old.app, MIGRATE_DATABASE_URL=old.migrate)
    assert saved.returncode == 0, saved.stderr
    postgres.sql(f"CREATE DATABASE {new} OWNER {old.name}_migrate")
    for code in (0, 1):
        address = postgres.address(new, f"{old.name}_migrate")
        done = run("restore.sh", kept, **place, DATABASE_URL=address)
        assert done.returncode == code, done.stderr
    assert done.stderr == "The database holds 1 tables already; give an empty one.\n"
    assert postgres.sql("SELECT words FROM note", database=new, role=f"{old.name}_app") == "ask"
    postgres.sql(f"DROP DATABASE {new}")
    postgres.drop(old)


@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_a_missing_file_name_is_said(script: str) -> None:
    done = subprocess.run([ROOT / "deploy" / script], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"deploy/{script} FILE.tar.gz" in done.stderr

"""`.venv` is made anew when another Python asks for it, and left alone otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import venv
from scripts.venv import ROOT


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of this very Python, without packages."""
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    monkeypatch.setattr(venv, "HOME", home)
    monkeypatch.setattr(venv, "PYTHON", home / "bin" / "python")
    return home


def test_the_same_python_leaves_it_alone(made: Path) -> None:
    assert not venv._python_changed()


def test_another_python_of_the_same_version_makes_it_anew(made: Path, tmp_path: Path) -> None:
    (made / "bin" / "python").unlink()
    other = tmp_path / "python3"
    other.write_bytes(b"")
    (made / "bin" / "python").symlink_to(other)
    assert venv._python_changed()


def test_half_an_environment_is_made_anew(made: Path) -> None:
    (made / "bin" / "python").unlink()
    assert venv._python_changed()


def test_make_takes_the_systems_python_first() -> None:
    """One that a version manager built is often a third slower."""
    asked = subprocess.run(
        ["make", "--print-data-base", "--dry-run", "help", "PATH=/usr/bin:/bin"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(line for line in asked.stdout.splitlines() if line.startswith("PYTHON = "))
    assert line.index("/usr/bin/python3") < line.index(" python3 ")

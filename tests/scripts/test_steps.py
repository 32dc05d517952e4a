"""The count that `make test` closes with is the truth: nothing that failed is lost, whatever failed."""

import os
import sys
from pathlib import Path

import pytest

from scripts.start import is_taken, read_env_file
from scripts.steps import Run

TESTS = """
import pytest

def test_good(): pass
def test_also_good(): pass
def test_bad(): raise AssertionError("no")
def test_elsewhere(): pytest.skip("no such tool")

@pytest.fixture
def broken(): raise RuntimeError("no")

def test_never_begun(broken): pass
"""


@pytest.fixture
def run() -> Run:
    return Run()


def pytest_words(folder: Path) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", str(folder)]


def closing(capfd: pytest.CaptureFixture[str]) -> str:
    return capfd.readouterr().out.rstrip().splitlines()[-1]


def run_pytest(run: Run, text: str, tmp_path: Path, *, aside: bool = False) -> None:
    (tmp_path / "test_it.py").write_text(text)
    run.tests(
        "it",
        pytest_words(tmp_path),
        report=tmp_path / "it.xml",
        env={**run.env, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        aside=aside,
    )


def test_every_test_of_every_run_is_counted(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run_pytest(run, TESTS, tmp_path / name)
    assert run.close() == 1
    out = capfd.readouterr().out
    assert out.rstrip().splitlines()[-1] == "4 passed, 4 failed, 2 skipped"
    assert "no such tool" in out


def test_all_good_is_nought(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_pytest(run, "def test_good(): pass", tmp_path)
    run.side_by_side([("fine", [sys.executable, "-c", "pass"])])
    assert run.close() == 0
    assert closing(capfd) == "1 passed, 0 failed, 0 skipped"


def test_a_step_that_is_no_test_counts_when_it_fails_and_shows_why(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_pytest(run, "def test_good(): pass", tmp_path)
    run.side_by_side([("lint", [sys.executable, "-c", "print('line 3 is crooked'); raise SystemExit(2)"])])
    assert run.close() == 1
    out = capfd.readouterr().out
    assert "line 3 is crooked" in out
    assert out.rstrip().endswith("1 passed, 1 failed, 0 skipped")


@pytest.mark.parametrize("text", ["import nothing_of_this_name", "x = 1", "import os; os._exit(0)"])
def test_tests_that_never_ran_are_a_failure(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str
) -> None:
    run_pytest(run, text, tmp_path)
    assert run.close() == 1
    assert closing(capfd) == "0 passed, 1 failed, 0 skipped"


def test_a_run_that_takes_too_long_is_ended(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run.tests(
        "slow",
        [sys.executable, "-c", "import time; time.sleep(60)"],
        report=tmp_path / "x",
        env={},
        longest=0.2,
    )
    assert run.close() == 1
    assert "took longer than" in capfd.readouterr().out


def test_the_env_file_gives_way_to_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVAD_ONE", "said aloud")
    monkeypatch.setenv("SAMVAD_TWO", "")
    monkeypatch.delenv("SAMVAD_TWO")
    path = tmp_path / ".env"
    path.write_text("# words\n\nSAMVAD_ONE=written\nexport SAMVAD_TWO='a = b'\n")
    read_env_file(path)
    assert (os.environ["SAMVAD_ONE"], os.environ["SAMVAD_TWO"]) == ("said aloud", "a = b")
    path.write_text("SAMVAD_ONE\n")
    with pytest.raises(SystemExit, match=r"\.env, line 1: write NAME=value"):
        read_env_file(path)


def test_a_free_port_is_free() -> None:
    assert is_taken("192.0.2.1", 8000), "an address that is not ours cannot be had"
    assert not is_taken("127.0.0.1", 0)


def test_what_ran_aside_is_shown_whole_when_it_ended(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run_pytest(run, TESTS, tmp_path, aside=True)
    shown = capfd.readouterr().out
    assert "it begins" in shown and "RuntimeError: no" in shown and "1 skipped" in shown
    assert run.close() == 1
    assert closing(capfd) == "2 passed, 2 failed, 1 skipped"

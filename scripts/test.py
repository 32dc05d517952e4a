"""`make test`: brings the tools, then lint, types, floors, the suite on both engines, and the journeys.

ROOM=x runs the tests and the lint of one room. ENGINES="sqlite postgres" chooses (a room: sqlite). ARGS goes to
pytest. The last line counts every test of every run; a failed step that is no test counts as one failed.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts import snac, tools, venv
from scripts.steps import Result, Run
from scripts.venv import PYTHON, ROOT
from tests.servers.postgres import postgres_server
from tests.servers.process import Missing
from tests.servers.redis import redis_server

IN_CI = os.environ.get("CI") == "true"
JOURNEYS = "tests/journeys"
# These know no database, or bring one of their own, so they run with the first engine alone.
ONCE = ["tests/architecture", "tests/design", "tests/servers", "tests/holds/test_without_upper_rooms.py"]


def main() -> int:
    """Runs everything that the environment asks for; the exit status."""
    # In the background of a shell SIGINT is ignored, and so it would be by everything that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    room = os.environ.get("ROOM", "").strip()
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    began = time.monotonic()
    try:
        venv.ensure("dev")
    except venv.NotPossible as error:
        print(error)
        print("0 passed, 1 failed, 0 skipped")
        return 1
    run = Run(env=_clean(os.environ))
    if only == "check":
        _lint(run)
        return run.close()
    missing = tools.bring() if not room else []
    run.began = time.monotonic()
    print(f"Tools ready in {time.monotonic() - began:.0f} s (timed apart).", flush=True)
    for line in missing:
        run.note(f"missing: {line}", ok=not IN_CI, why=f"missing: {line}")
    with tempfile.TemporaryDirectory(prefix="samvad-test-") as work:
        if room:
            _room(run, room, Path(work))
        else:
            _everything(run, Path(work), only)
    return run.close()


def _everything(run: Run, work: Path, only: str) -> None:
    """The whole house; `only` = "journeys" leaves out the rest.

    The suite on the first engine runs beside the journeys, which wait half of their time, and then beside the suite on
    the other engine. More at once would gain nothing on two cores. The types are looked through meanwhile.
    """
    if only:
        _journeys(run, work)
        return
    first, *others = _engines("sqlite postgres")
    with ThreadPoolExecutor(2) as beside:
        lint = beside.submit(_lint, run)
        first_suite = beside.submit(_suite, run, work, first, again=False)
        _journeys(run, work, aside=True)
        for engine in others:
            _suite(run, work, engine, again=True)
        first_suite.result()
        lint.result()


def _suite(run: Run, work: Path, engine: str, *, again: bool) -> None:
    """The suite on one engine; `again` repeats only what asks a database, with its output when it ended."""
    with _servers(run, engine, work) as env:
        if env is not None:
            ignore = [f"--ignore={path}" for path in [JOURNEYS, *(ONCE if again else [])]]
            words = ["tests", *ignore, "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder"]
            told = work / f"not-on-{engine}"
            only = {"ONLY_DATABASE_TESTS": str(told)} if again else {}
            result = _pytest(run, f"suite on {engine}", words, work, env | only, aside=again)
            if told.exists():
                result.reasons += told.read_text().splitlines()


def _journeys(run: Run, work: Path, *, aside: bool = False) -> None:
    """The journeys on each engine, with servers of their own."""
    for engine in _engines("sqlite postgres"):
        with _servers(run, engine, work) as env:
            if env is not None:
                _pytest(run, f"journeys on {engine}", [JOURNEYS], work, env, aside=aside)


def _room(run: Run, room: str, work: Path) -> None:
    """One room: its lint and its tests."""
    paths = [path for path in (room, f"tests/{room}") if (ROOT / path).exists()]
    if not paths:
        run.note(f"there is no room called {room}", ok=False)
        return
    run.side_by_side([("ruff", _tool("ruff", "check", *paths)),
                      ("format", _tool("ruff", "format", "--check", *paths))])  # fmt: skip
    for engine in _engines("sqlite"):
        with _servers(run, engine, work) as env:
            if env is not None:
                _pytest(run, f"{room} on {engine}", [f"tests/{room}"], work, env)


def _lint(run: Run) -> None:
    """What needs no server: style, types, floors, migrations, pins."""
    manage = [str(PYTHON), "manage.py"]
    kept = str(snac.cache_folder() / "mypy")  # a fresh clone looks anew only at what differs
    env = {**run.env, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "MYPY_CACHE_DIR": kept}
    quiet = Run(env=env, results=run.results)
    quiet.side_by_side(
        [
            ("types (mypy)", _tool("mypy", ".")),
            ("lint (ruff)", _tool("ruff", "check", ".")),
            ("format (ruff)", _tool("ruff", "format", "--check", ".")),
            ("floors (import-linter)", _tool("lint-imports")),
            ("migrations complete", [*manage, "makemigrations", "--check", "--dry-run"]),
            ("system check", [*manage, "check", "--fail-level", "WARNING"]),
            ("pins fit together", [str(PYTHON), "-m", "pip", "check"]),
        ]
    )


def _pytest(
    run: Run, name: str, words: list[str], work: Path, env: dict[str, str], *, aside: bool = False
) -> Result:
    report = work / f"{name.replace(' ', '-')}.xml"
    extra = os.environ.get("ARGS", "").split()
    return run.tests(
        name, [str(PYTHON), "-m", "pytest", "-q", *words, *extra], report=report, env=env, aside=aside
    )


@contextmanager
def _servers(run: Run, engine: str, work: Path) -> Iterator[dict[str, str] | None]:
    """The environment of an engine with its servers running; None (and a note) when they cannot be had."""
    env = _engine(engine, work)
    with ExitStack() as stack:
        if engine == "postgres":
            try:
                env["DATABASE_URL"] = stack.enter_context(postgres_server()).url
                env["REDIS_URL"] = stack.enter_context(redis_server()).url
            except Missing as missing:
                named = {key: os.environ[key] for key in ("DATABASE_URL", "REDIS_URL") if key in os.environ}
                if len(named) < 2:
                    run.note("PostgreSQL and Redis", ok=not IN_CI, why=f"not run on PostgreSQL: {missing}")
                    yield None
                    return
                env |= named
        yield env


def _engine(engine: str, work: Path) -> dict[str, str]:
    """A clean environment with data of its own, so that nothing of the developer's is touched or used."""
    data = work / engine
    data.mkdir(exist_ok=True)
    kept = work / "kept"
    kept.mkdir(exist_ok=True)
    return _clean(os.environ) | {
        "DATA_DIR": str(data),
        "SAMVAD_TEST_KEPT": str(kept),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }


def _clean(env: os._Environ[str]) -> dict[str, str]:
    ours = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "MAIL_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE",
            "PUBLIC_URL", "ROOM", "ARGS", "ENGINES", "MAKEFLAGS", "MAKELEVEL")  # fmt: skip
    return {key: value for key, value in env.items() if key not in ours}


def _engines(default: str) -> list[str]:
    return (os.environ.get("ENGINES") or default).replace(",", " ").split()


def _tool(name: str, *words: str) -> list[str]:
    """A program of the environment."""
    return [str(PYTHON.parent / name), *words]


if __name__ == "__main__":
    os.chdir(ROOT)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

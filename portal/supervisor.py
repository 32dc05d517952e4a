"""Keeps web, worker and beat running as one: what dies is started again, and nothing outlives the supervisor.

Each part has a process group of its own, so Ctrl-C reaches the supervisor alone; the kernel ends a part whose
supervisor was killed (`setpriv --pdeathsig`). Start it in the main thread.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TextIO

STEADY = 60.0
LONGEST_WAIT = 30.0
PATIENCE = 10.0


@dataclass(frozen=True)
class Part:
    """One program of the whole, by the name that its lines carry on the screen."""

    name: str
    command: tuple[str, ...]


def web(*, host: str, port: int, processes: int = 2, threads: int = 4) -> Part:
    """The pages, by gunicorn: loaded once, then forked."""
    size = ("--workers", str(processes), "--threads", str(threads), "--worker-class", "gthread")
    where = ("--bind", f"{host}:{port}", "--preload", "--graceful-timeout", "5", "--log-level", "warning")
    return Part("web", (sys.executable, "-m", "gunicorn", "portal.wsgi", *where, *size))


def worker(*, log_level: str = "WARNING") -> Part:
    """The hands: one Celery worker with two processes, so that no letter waits for a long reading."""
    hands = ("--pool", "prefork", "--concurrency", "2")
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", log_level)
    return Part(
        "worker", (sys.executable, "-m", "celery", "--quiet", "-A", "portal", "worker", *hands, *quiet)
    )


def beat(*, data: Path, log_level: str = "WARNING") -> Part:
    """The clock: says "look now" at the times of the settings."""
    where = ("--schedule", str(data / "beat"), "--pidfile", "", "--loglevel", log_level)
    return Part("beat", (sys.executable, "-m", "celery", "--quiet", "-A", "portal", "beat", *where))


@dataclass
class Child:
    """A part that runs, or waits for its next start."""

    part: Part
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    next_start: float = 0.0
    wait: float = 1.0
    starts: int = field(default=0)


class Supervisor:
    """Runs the parts until it is asked to end (SIGINT, SIGTERM, SIGHUP or `end()`)."""

    def __init__(self, parts: Sequence[Part], *, out: TextIO | None = None, first_wait: float = 1.0) -> None:
        self.children = [Child(part, wait=first_wait) for part in parts]
        self.out = out or sys.stdout
        self.first_wait = first_wait
        self._pumps: list[threading.Thread] = []
        self._ending = threading.Event()
        self._writing = threading.Lock()

    def run(self, *, when_started: Callable[[], None] | None = None) -> int:
        """Starts everything, calls `when_started` once, restarts what dies; 0 after an orderly end."""
        old = {number: signal.signal(number, self._asked) for number in _ENDINGS}
        try:
            self._start_due()
            if when_started and not self._ending.is_set():
                when_started()
            while not self._ending.wait(0.2):
                self._notice_deaths()
                self._start_due()
        finally:
            self._stop_all()
            for number, handler in old.items():
                signal.signal(number, handler)
        return 0

    def end(self) -> None:
        """Asks the supervisor to end everything."""
        self._ending.set()

    @property
    def ending(self) -> bool:
        """Whether the end was asked for."""
        return self._ending.is_set()

    def alive(self, name: str) -> bool:
        """Whether the part of this name runs."""
        return any(c.part.name == name and c.process and c.process.poll() is None for c in self.children)

    def say(self, name: str, line: str) -> None:
        """One line on the screen, with the name of who says it; a screen that is gone ends everything."""
        try:
            with self._writing:
                self.out.write(f"{name:>6} | {line.rstrip()}\n")
                self.out.flush()
        except (OSError, ValueError):
            self._ending.set()

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self._ending.set()

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None and now >= child.next_start and not self._ending.is_set():
                self._start(child, now)

    def _start(self, child: Child, now: float) -> None:
        child.process = subprocess.Popen(  # noqa: S603 - the commands are those above
            [*_ends_with_us(), *child.part.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            env={"PYTHONWARNINGS": "ignore", **os.environ, "PYTHONUNBUFFERED": "1"},
        )
        child.started, child.starts = now, child.starts + 1
        pump = threading.Thread(target=self._pump, args=(child.part.name, child.process), daemon=True)
        self._pumps = [*(old for old in self._pumps if old.is_alive()), pump]
        pump.start()

    def _pump(self, name: str, process: "subprocess.Popen[str]") -> None:
        """Passes the lines of one program on to the screen until it ends."""
        if process.stdout:
            with process.stdout as lines:
                for line in lines:
                    self.say(name, line)

    def _notice_deaths(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None or child.process.poll() is None:
                continue
            if now - child.started > STEADY:
                child.wait = self.first_wait
            _kill_group(child.process)
            self.say(
                child.part.name,
                f"ended with {child.process.returncode}; starting again in {child.wait:g} s",
            )
            child.process, child.next_start = None, now + child.wait
            child.wait = min(child.wait * 2, LONGEST_WAIT)

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, end - time.monotonic()))
            _kill_group(process)
            process.wait()
        for pump in self._pumps:
            pump.join(1)


_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _ends_with_us() -> list[str]:
    """The words before a command that make the kernel end it when we are gone."""
    guard = shutil.which("setpriv")
    return [guard, "--pdeathsig", "TERM", "--"] if guard else []


def _kill_group(process: "subprocess.Popen[str]") -> None:
    """Ends whatever a program left behind in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)

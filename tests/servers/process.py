"""Starts a server for a test, waits until it answers, and ends it by its id."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Programs that are Chromium; the shell is the same engine without the windows around it."""


class Missing(Exception):
    """A tool that this server needs is not on this machine."""


class DidNotStart(Exception):
    """A server ended or stayed silent; the message holds the end of its log."""


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], object], *, seconds: float, what: str, every: float = 0.05) -> None:
    """Looks again and again until `true()` is; raises TimeoutError with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not after {seconds:g} s")
        time.sleep(every)


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A temporary folder for one server; kept for reading when SAMVAD_KEEP_LOGS is set."""
    path = Path(tempfile.mkdtemp(prefix=f"samvad-{name}-"))
    try:
        yield path
    finally:
        if not os.environ.get("SAMVAD_KEEP_LOGS"):
            shutil.rmtree(path, ignore_errors=True)


class Server:
    """One program with its own process group. The kernel ends it when the thread that started it ends."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | str | None = None,
        user: str = "",
        stop_with: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name, self.log, self.stop_with = name, log, stop_with
        self.command = [*_guard(user), *command]
        self.env, self.cwd = dict(env) if env is not None else None, cwd
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        """Starts the program; its output is added to `log`."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        """The process id of the running program."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.process.pid

    def alive(self) -> bool:
        """Whether the program still runs."""
        return self.process is not None and self.process.poll() is None

    def ready(self, answers: Callable[[], object], *, seconds: float = 20) -> None:
        """Waits until `answers()` is true; raises DidNotStart with the end of the log."""

        def now() -> bool:
            if not self.alive():
                raise DidNotStart(f"{self.name} ended at once:\n{self.tail()}")
            return bool(answers())

        try:
            wait_until(now, seconds=seconds, what=f"{self.name} answers")
        except TimeoutError as error:
            raise DidNotStart(f"{error}\n{self.tail()}") from error

    def stop(self, *, seconds: float = 15) -> None:
        """Asks the program to end and, when it does not, kills its whole group."""
        if self.process is None:
            return
        if self.alive():
            self.process.send_signal(self.stop_with)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.kill9()

    def kill9(self) -> None:
        """SIGKILL to the program and all that it started: nothing of it gets to tidy up."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def tail(self, lines: int = 40) -> str:
        """The last lines of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _guard(user: str) -> list[str]:
    """The words before a command that make the kernel end it with us, and run it as `user`."""
    guard = shutil.which("setpriv")
    if user and not guard:
        raise Missing("setpriv (package util-linux) is needed to start a server as another user")
    if not guard:
        return []
    as_user = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
    return [guard, *as_user, "--pdeathsig", "KILL" if not user else "QUIT", "--"]

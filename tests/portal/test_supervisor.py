"""What `make demo` promises of its processes: they come back, and they never stay behind."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from foundation.errors import WrongState
from portal.preparation import refuse_taken_port
from portal.supervisor import Part, Supervisor

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = "import os, sys, time; print('pid', os.getpid(), flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time; c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('pid', c.pid, flush=True); time.sleep(60)"
)


def part(name: str, code: str) -> Part:
    return Part(name, (sys.executable, "-c", code))


def wait(true: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def pids(text: str) -> list[int]:
    return [int(line.split("pid ")[1]) for line in text.splitlines() if "pid " in line]


def run_with(supervisor: Supervisor, act: Callable[[], None]) -> None:
    """Runs the supervisor in this (the main) thread while `act` happens in another, then ends it."""
    failed: list[BaseException] = []

    def other() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            supervisor.end()

    thread = threading.Thread(target=other)
    thread.start()
    assert supervisor.run() == 0
    thread.join()
    if failed:
        raise failed[0]


def test_a_part_that_dies_is_started_again() -> None:
    out = io.StringIO()
    supervisor = Supervisor([part("one", SLEEPER)], out=out, first_wait=0.05)

    def act() -> None:
        wait(lambda: pids(out.getvalue()))
        os.kill(pids(out.getvalue())[0], signal.SIGKILL)
        wait(lambda: len(pids(out.getvalue())) == 2)

    run_with(supervisor, act)
    assert "one | ended with -9; starting again in 0.05 s" in out.getvalue()
    assert not any(is_there(pid) for pid in pids(out.getvalue()))


def test_a_part_that_keeps_dying_is_started_ever_more_slowly() -> None:
    out = io.StringIO()
    supervisor = Supervisor([part("one", "raise SystemExit(3)")], out=out, first_wait=0.05)
    run_with(supervisor, lambda: wait(lambda: out.getvalue().count("ended with 3") >= 3))
    waits = [line.split(" in ")[1] for line in out.getvalue().splitlines() if "starting again" in line]
    assert waits[:3] == ["0.05 s", "0.1 s", "0.2 s"]


def test_the_end_takes_children_of_children_along() -> None:
    out = io.StringIO()
    supervisor = Supervisor([part("one", PARENT)], out=out)
    run_with(supervisor, lambda: wait(lambda: pids(out.getvalue())))
    wait(lambda: not is_there(pids(out.getvalue())[0]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_its_supervisor(number: signal.Signals) -> None:
    code = (
        "import sys; from portal.supervisor import Part, Supervisor;"
        f"Supervisor([Part('one', (sys.executable, '-c', {SLEEPER!r}))]).run()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        child = pids(process.stdout.readline())[0]
        assert is_there(child)
        process.send_signal(number)
        process.wait(15)
    wait(lambda: not is_there(child))


def test_a_taken_port_is_said_in_one_plain_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WrongState) as said:
            refuse_taken_port(host="127.0.0.1", port=port)
    assert said.value.message == f"Port {port} is taken. Choose another one: PORT={port + 1}"
    refuse_taken_port(host="127.0.0.1", port=port)

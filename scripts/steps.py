"""Runs the steps of a check one after the other or side by side, with their names, times and results."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scripts.venv import ROOT

PATIENCE = 8


@dataclass
class Result:
    """What came of a step; `passed`, `failed` and `skipped` count tests, if it was one of tests."""

    name: str
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: list[str] = field(default_factory=list)


@dataclass
class Run:
    """All steps of one call."""

    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    results: list[Result] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def side_by_side(self, steps: Sequence[tuple[str, list[str]]], *, at_once: int = 2) -> None:
        """Runs quiet commands two at a time; the output of one is shown when it fails."""
        with ThreadPoolExecutor(at_once) as pool:
            for result, said in pool.map(lambda step: self._quiet(*step), steps):
                self._add(result)
                if not result.ok:
                    print(said, flush=True)

    def tests(
        self,
        name: str,
        words: list[str],
        *,
        report: Path,
        env: Mapping[str, str],
        aside: bool = False,
        longest: float = 2700,
    ) -> Result:
        """Runs pytest and gives what its report counts. Its output is on the screen; with `aside`, when it ended."""
        print(f"\n── {name}{' begins' if aside else ''}", flush=True)
        report.unlink(missing_ok=True)
        began = time.monotonic()
        command = [*words, f"--junitxml={report}"]
        if aside:
            said = report.with_suffix(".txt")
            with said.open("w") as output:
                code = _run(command, env=env, longest=longest, output=output)
            print(f"\n── {name}\n{said.read_text(errors='replace')}", flush=True)
        else:
            code = _run(command, env=env, longest=longest)
        result = count(name, report, seconds=time.monotonic() - began)
        result.ok = code == 0 and result.failed == 0 and result.passed + result.skipped > 0
        if not result.ok and result.failed == 0:
            result.failed = 1
            result.reasons.append(f"{name}: pytest ended with {code} and counted no failed test")
        self._add(result)
        return result

    def note(self, name: str, *, ok: bool, seconds: float = 0.0, why: str = "") -> None:
        """Adds the result of something that is no command."""
        self._add(Result(name, ok, seconds, reasons=[why] if why else []))

    def close(self) -> int:
        """Prints every step with its time, what did not run and why, and the closing line; the exit status."""
        print("\n── steps")
        for result in self.results:
            print(f"{'ok' if result.ok else 'FAILED':>6}  {result.seconds:6.1f} s  {result.name}")
        reasons = sorted({reason for result in self.results for reason in result.reasons})
        if reasons:
            print("\n── did not run, or not whole")
            print("\n".join(f"  {reason}" for reason in reasons))
        passed = sum(result.passed for result in self.results)
        skipped = sum(result.skipped for result in self.results)
        failed = sum(result.failed or (0 if result.ok else 1) for result in self.results)
        took = time.monotonic() - self.began
        print(f"\n{len(self.results)} steps in {took:.0f} s, with {_cpu():.0f} s of work")
        print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
        return 1 if failed or any(not result.ok for result in self.results) else 0

    def _add(self, result: Result) -> None:
        self.results.append(result)
        print(f"{'ok' if result.ok else 'FAILED':>6}  {result.seconds:6.1f} s  {result.name}", flush=True)

    def _quiet(self, name: str, command: list[str]) -> tuple[Result, str]:
        began = time.monotonic()
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=dict(self.env), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            return Result(name, False, time.monotonic() - began), f"{name} took longer than {late.timeout} s"
        return Result(name, done.returncode == 0, time.monotonic() - began), done.stdout


def count(name: str, report: Path, *, seconds: float) -> Result:
    """Reads a JUnit report: what passed, failed and was skipped, and for which reasons."""
    result = Result(name, False, seconds)
    if not report.exists():
        return result
    for case in ElementTree.parse(report).iter("testcase"):
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        elif skip is not None:
            result.skipped += 1
            where = case.get("classname", "").removeprefix("tests.")
            result.reasons.append(f"{where}: {skip.get('message', '')}")
        else:
            result.passed += 1
    return result


def _cpu() -> float:
    """Seconds of processor time of all that we started and that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(command: list[str], *, env: Mapping[str, str], longest: float, output: IO[str] | None = None) -> int:
    """Runs a command, its output on the screen or in `output`; ends it in order when it takes too long or we go."""
    guard = shutil.which("setpriv")
    command = [*([guard, "--pdeathsig", "KILL", "--"] if guard else []), *command]
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, start_new_session=True,
        stdout=output, stderr=subprocess.STDOUT if output else None,
    )  # fmt: skip
    try:
        return process.wait(longest)
    except subprocess.TimeoutExpired:
        print(f"took longer than {longest:.0f} s and is ended", flush=True)
        return 124
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        sys.stdout.flush()

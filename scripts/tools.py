"""Brings what the tests need beyond Python: Chromium, PostgreSQL, Redis, fonts, snac2 and vnu, where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts import snac, vnu
from scripts.venv import as_root
from tests.servers.process import CHROMIUM

LONGEST = 360


@dataclass(frozen=True)
class Tool:
    """Something that a test needs: how to see that it is there, the Debian packages, what the environment may name."""

    name: str
    packages: tuple[str, ...]  # the first that this system has
    is_there: Callable[[], bool]
    variable: str = ""


def _postgres() -> bool:
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))) or bool(shutil.which("initdb"))


def _fonts() -> bool:
    return Path("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf").exists()


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _curl() -> bool:
    found = snac.program()
    return not (found and snac.missing_libraries(found))


TOOLS = [
    Tool("Chromium", ("chromium-headless-shell", "chromium"), _program(*CHROMIUM), "CHROMIUM"),
    Tool("PostgreSQL", ("postgresql",), _postgres, "DATABASE_URL"),
    Tool("Redis", ("redis-server",), _program("redis-server", "valkey-server"), "REDIS_URL"),
    Tool("fonts for every script", ("fonts-noto-core",), _fonts),
    Tool("Java, for the HTML checker", ("default-jre-headless",), _program("java")),
]
CURL = Tool("snac2's libraries", ("libcurl4",), _curl)


def bring() -> list[str]:
    """Installs what is missing and can be installed; returns what is still missing, in words."""
    _install([tool for tool in TOOLS if not _have(tool)])
    missing = [_words(tool) for tool in TOOLS if not _have(tool)]
    if not snac.program():
        try:
            snac.fetch()
        except snac.NotHere as error:
            missing.append(f"snac2: {error}")
    if not vnu.jar():
        try:
            vnu.fetch()
        except snac.NotHere as error:
            missing.append(f"vnu: {error}")
    if not CURL.is_there():
        _install([CURL])
        missing += [_words(CURL)] if not CURL.is_there() else []
    return missing


def _have(tool: Tool) -> bool:
    return tool.is_there() or bool(tool.variable and os.environ.get(tool.variable))


def _words(tool: Tool) -> str:
    named = f", or name one in {tool.variable}" if tool.variable else ""
    return f"{tool.name}: apt-get install {tool.packages[-1]}{named}"


def _install(tools: list[Tool]) -> None:
    """apt-get as root or by sudo; says nothing when that is not possible (the caller looks again)."""
    if not tools or not shutil.which("apt-get"):
        return
    # RUNLEVEL=1 keeps the packages from starting system-wide servers: the tests start their own.
    words = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq"]
    update = as_root([*words, "update"])
    install = as_root([*words, "install", "-y", "--no-install-recommends"])
    if not update or not install:
        return
    print(f"Installing {', '.join(tool.name for tool in tools)} …", flush=True)
    if _apt(update):
        _apt([*install, *(_offered(tool) for tool in tools)])


def _offered(tool: Tool) -> str:
    """The first of a tool's packages that this system's archive has."""
    for package in tool.packages:
        known = subprocess.run(["apt-cache", "show", package], capture_output=True, text=True, check=False)
        if known.returncode == 0 and known.stdout.strip():
            return package
    return tool.packages[-1]


def _apt(command: list[str]) -> bool:
    """Runs it; what went wrong is printed. False when it ran out of time."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        print(f"apt-get took longer than {LONGEST} s.", flush=True)
        return False
    if done.returncode:
        print(done.stderr.strip()[-2000:], flush=True)
    return True


def main() -> None:
    """`python -m scripts.tools`: brings the tools and lists what is missing."""
    missing = bring()
    for line in missing:
        print(f"missing: {line}")
    if missing and os.environ.get("CI") == "true":
        sys.exit(1)


if __name__ == "__main__":
    main()

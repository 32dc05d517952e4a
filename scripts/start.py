"""`make demo` and `make run`: the environment, then the house under one supervisor.

`demo` loads the small living site and stands on SQLite and files; `run` follows `.env` and the environment.
A taken port is said before anything else.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

from scripts.venv import PYTHON, ROOT, NotPossible, ensure

HOST = "127.0.0.1"


def main() -> None:
    """`python -m scripts.start demo|run`; PORT and HOST come from the environment."""
    demo = sys.argv[1:] == ["demo"]
    if not demo:
        read_env_file(ROOT / ".env")
    host, port = os.environ.get("HOST") or HOST, os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")
    if is_taken(host, int(port)):
        sys.exit(f"Port {port} is taken. Choose another one: make {sys.argv[1]} PORT={int(port) + 1}")
    try:
        ensure("run")
    except NotPossible as error:
        sys.exit(str(error))
    os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    words = [str(PYTHON), "manage.py", "serve", "--host", host, "--port", port, *(["--demo"] if demo else [])]
    os.chdir(ROOT)
    guard = shutil.which("setpriv")
    if guard:
        # When `make` itself is killed, the kernel asks the supervisor to end, and that ends everything.
        words = [guard, "--pdeathsig", "TERM", "--", *words]
    os.execv(words[0], words)


def is_taken(host: str, port: int) -> bool:
    """Whether somebody already listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def read_env_file(path: Path) -> None:
    """Takes over `NAME=value` lines; what the environment already says wins."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text().splitlines(), 1):
        text = line.strip().removeprefix("export ")
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        if not sign or not name.strip().isidentifier():
            sys.exit(f"{path.name}, line {number}: write NAME=value.")
        os.environ.setdefault(name.strip(), value.strip().strip("'\""))


if __name__ == "__main__":
    main()

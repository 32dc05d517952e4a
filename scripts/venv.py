"""Makes the virtual environment `.venv` with exact pins, and leaves it alone when it is as it should be."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
LOWEST = (3, 11)
PINS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}


class NotPossible(Exception):
    """The environment cannot be made; the message is one plain line with what to do."""


def ensure(kind: str) -> bool:
    """Brings `.venv` to the pins of `kind` ("run" or "dev"); False when nothing was to do."""
    if sys.version_info < LOWEST:
        raise NotPossible(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Say PYTHON=….")
    wanted = _fingerprint(kind)
    if PYTHON.exists() and any(_stamp(known) == _fingerprint(known) for known in _covering(kind)):
        return False
    if _python_changed():
        shutil.rmtree(HOME)
    if not PYTHON.exists():
        _make()
    began = time.monotonic()
    print(f"Installing the pinned packages into {HOME.name} (about a minute the first time) …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    env = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    pins = str(ROOT / PINS[kind][-1])
    if subprocess.run([*pip, "install", "--quiet", "--no-deps", "-r", pins], env=env, check=False).returncode:
        raise NotPossible("pip could not install the pinned packages; its own words are above.")
    _stamp_file(kind).write_text(wanted)
    print(f"Installed in {time.monotonic() - began:.0f} s.", flush=True)
    return True


def as_root(command: list[str]) -> list[str] | None:
    """The command as root: as it is, with sudo when that asks nothing, else None."""
    if os.geteuid() == 0:
        return command
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", *command]
    return None


def _make() -> None:
    """Creates the empty environment; on Debian and Ubuntu the module for that is a package of its own."""
    command = [sys.executable, "-m", "venv", str(HOME)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    install = as_root(["apt-get", "install", "-y", "-qq", package])
    if install and shutil.which("apt-get"):
        subprocess.run(as_root(["apt-get", "update", "-qq"]) or [], capture_output=True, check=False)
        subprocess.run(install, capture_output=True, check=False)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
    shutil.rmtree(HOME, ignore_errors=True)
    raise NotPossible(f"Python's venv module is not complete. Install it: apt-get install {package}")


def _covering(kind: str) -> list[str]:
    """The kinds that hold everything that `kind` needs."""
    return ["run", "dev"] if kind == "run" else ["dev"]


def _fingerprint(kind: str) -> str:
    seen = hashlib.sha256(_interpreter().encode())
    for name in PINS[kind]:
        seen.update((ROOT / name).read_bytes())
    return seen.hexdigest()


def _interpreter() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{sys.base_prefix} {version} {sysconfig.get_platform()}"


def _python_changed() -> bool:
    """Whether `.venv` was made by another Python or another version of it, or half made."""
    if not HOME.exists():
        return False
    wanted = f"python{sys.version_info.major}.{sys.version_info.minor}"
    half_made = not PYTHON.exists() or not (HOME / "lib" / wanted).exists()
    return half_made or PYTHON.resolve() != Path(sys.executable).resolve()


def _stamp_file(kind: str) -> Path:
    return HOME / f".pins-{kind}"


def _stamp(kind: str) -> str:
    path = _stamp_file(kind)
    return path.read_text() if path.exists() else ""


def main() -> None:
    """`python -m scripts.venv run|dev`."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "dev"
    try:
        if not ensure(kind):
            print(f"{HOME.name} is as it should be.")
    except NotPossible as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

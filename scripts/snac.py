"""Brings snac2, a small real fediverse server, into the user's cache folder without installing it.

The package comes from the backports of the Debian mirror that this machine's own apt sources name, through
apt with lists of its own, so that its signature chain is checked and no root is needed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SUITE = "trixie-backports"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class NotHere(Exception):
    """snac2 cannot be had on this machine; the message says why."""


def cache_folder() -> Path:
    """Where tools are kept between runs: `~/.cache/samvad`, or below XDG_CACHE_HOME."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "samvad"


def program() -> Path | None:
    """The snac program: named by SNAC, kept in the cache, or installed; None when there is none."""
    named = os.environ.get("SNAC")
    if named:
        return Path(named)
    kept = cache_folder() / "snac2" / "usr" / "bin" / "snac"
    if kept.exists():
        return kept
    installed = shutil.which("snac")
    return Path(installed) if installed else None


def fetch() -> Path:
    """Downloads, checks and unpacks the package; returns the program. Raises NotHere."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if not shutil.which(tool):
            raise NotHere(f"{tool} is not here: install snac2 yourself and name it in SNAC")
    home = cache_folder() / "snac2.new"
    shutil.rmtree(home, ignore_errors=True)
    options = _own_lists(home)
    _run(["apt-get", *options, "-qq", "update"])
    _run(["apt-get", *options, "-qq", "download", "snac2"], cwd=home)
    package = next(home.glob("snac2_*.deb"))
    _check(package, _run(["apt-cache", *options, "show", "snac2"]))
    _run(["dpkg-deb", "-x", str(package), str(home)])
    for name in ("state", "cache", "parts"):
        shutil.rmtree(home / name, ignore_errors=True)
    ready = home.with_name("snac2")
    shutil.rmtree(ready, ignore_errors=True)
    home.rename(ready)
    return ready / "usr" / "bin" / "snac"


def missing_libraries(snac: Path) -> list[str]:
    """Shared libraries that the program asks for and this machine has not."""
    done = subprocess.run(["ldd", str(snac)], capture_output=True, text=True, check=False)
    return re.findall(r"(\S+) => not found", done.stdout)


def _own_lists(home: Path) -> list[str]:
    """apt options that keep lists, cache and sources below `home`, with the backports as the only source."""
    for name in ("state/lists/partial", "cache/archives/partial", "parts"):
        (home / name).mkdir(parents=True, exist_ok=True)
    (home / "status").touch()
    options = {
        "Dir::State": home / "state",
        "Dir::State::status": home / "status",
        "Dir::Cache": home / "cache",
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
    }
    mirror = _debian_mirror()
    if mirror:
        sources = home / "sources.list"
        sources.write_text(f"deb [signed-by={KEYRING}] {mirror} {SUITE} main\n")
        options |= {"Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": home / "parts"}
    return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]


def _debian_mirror() -> str:
    """The Debian mirror of this machine's apt sources; empty elsewhere: there its own sources are asked."""
    words = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    sites = _run(words).split()
    return next((site for site in sites if site.rstrip("/").endswith("/debian")), "")


def _check(package: Path, shown: str) -> None:
    """Compares the file with the SHA-256 of the signed index."""
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if f"SHA256: {found}" not in shown:
        raise NotHere(f"{package.name} does not have the SHA-256 of the index")


def _run(command: list[str], cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    if done.returncode:
        raise NotHere(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[:500]}")
    return done.stdout


if __name__ == "__main__":
    try:
        print(program() or fetch())
    except NotHere as error:
        sys.exit(f"snac2 is not to be had: {error}")

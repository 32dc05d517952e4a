"""What must be true before the house opens: a free port, the tables, the static files.

Each step looks first and does nothing when all is as it should be, so a second start is quick.
"""

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation.errors import WrongState


def refuse_taken_port(*, host: str, port: int) -> None:
    """Raises WrongState with one plain line when something already listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WrongState(f"Port {port} is taken. Choose another one: PORT={port + 1}") from error


def migrate_when_needed() -> bool:
    """Brings the tables up to date, as the owner of the tables where MIGRATE_DATABASE_URL names one."""
    executor = MigrationExecutor(connection)
    needed = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    if not needed:
        return False
    owner = os.environ.get("MIGRATE_DATABASE_URL")
    if owner:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(command, check=True, env={**os.environ, "DATABASE_URL": owner})  # noqa: S603 - our own
    else:
        call_command("migrate", verbosity=0, interactive=False)
    return True


def collect_when_needed() -> bool:
    """Collects and compresses static files when one of them is newer than the last time."""
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    now = _static_fingerprint()
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if there and stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True


def _static_fingerprint() -> str:
    """One number for path, size and time of every static file that would be collected."""
    seen = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()

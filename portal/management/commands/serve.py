"""Opens the house: prepares what is missing, then runs web, worker and clock as one until Ctrl-C."""

import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from foundation.errors import PortalError
from portal.preparation import collect_when_needed, migrate_when_needed, refuse_taken_port
from portal.supervisor import Supervisor, beat, web, worker


class Command(BaseCommand):
    help = "Runs web, one worker and the clock under one supervisor; Ctrl-C ends them all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", action="store_true", help="load the small living site first")
        parser.add_argument("--processes", type=int, default=2, help="gunicorn processes")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        try:
            refuse_taken_port(host=host, port=port)
        except PortalError as error:
            sys.exit(str(error.message))
        if migrate_when_needed():
            self.stdout.write("The tables are up to date.")
        if options["demo"]:
            call_command("demo", stdout=self.stdout)
        if collect_when_needed():
            self.stdout.write("Static files are collected.")
        connections.close_all()
        data = Path(settings.DATA_DIR)
        parts = [web(host=host, port=port, processes=options["processes"]), worker(), beat(data=data)]
        supervisor = Supervisor(parts)
        supervisor.run(when_started=lambda: self._tell_when_it_answers(supervisor, host, port))
        self.stdout.write("Everything has ended.")

    def _tell_when_it_answers(self, supervisor: Supervisor, host: str, port: int) -> None:
        """Prints the address once the pages answer, from a thread of its own."""
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host  # noqa: S104 - compared only

        address = f"http://{shown}:{port}/"

        def look() -> None:
            while not supervisor.ending:
                if _answers(f"{address}healthz"):
                    self.stdout.write(f"\nSamvad answers at {address}  (Ctrl-C ends everything)\n")
                    self.stdout.flush()
                    return
                time.sleep(0.2)

        threading.Thread(target=look, daemon=True).start()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False

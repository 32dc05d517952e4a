"""`manage.py reindex [--source KEY]`: puts everything that can be found into the index anew."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from foundation import clock
from search import services
from search.sources import sources


class Command(BaseCommand):
    help = "Puts everything that can be found into the index anew. Searching goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", default="", choices=["", *sources], help="only this one")

    def handle(self, *args: Any, source: str, verbosity: int, **options: Any) -> None:
        quiet = not verbosity or not sys.stderr.isatty()
        total = 0
        with tqdm(unit=" entries", disable=quiet, file=sys.stderr) as bar:
            for key, number in services.reindex(now=clock.now(), source=source):
                bar.set_description(key)
                bar.update(number)
                total += number
        self.stdout.write(f"The index holds {total} entries.")

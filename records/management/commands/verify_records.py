"""`manage.py verify_records`: is the register in this database whole?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from records import queries, services, verify


class Command(BaseCommand):
    """Checks every line: numbers without a gap, each following on the one before it, each with its own hash."""

    help = "Checks the public register in the database; ends with 1 at the first line that is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", metavar="HASH[:SEQ]", help="a head from a letter or feed that must be in it"
        )

    def handle(self, *args: Any, head: str | None, verbosity: int, **options: Any) -> None:
        wanted = verify.HEAD.fullmatch((head or "").strip().lower())
        if head is not None and not wanted:
            self.stderr.write(
                "A head is 64 characters of 0-9 and a-f, and may end with a colon and a number."
            )
            sys.exit(2)
        seq = int(wanted[2]) if wanted and wanted[2] else None
        chain = verify.Chain(wanted[1] if wanted else "", seq)
        newest = services.head()
        lines = queries.lines(up_to=newest.seq)
        quiet = not verbosity or not sys.stderr.isatty()
        try:
            for line in tqdm(lines, total=newest.seq, unit=" lines", disable=quiet, file=sys.stderr):
                chain.take(line)
        except verify.Broken as broken:
            self.stderr.write(f"The register is NOT WHOLE. {broken}")
            sys.exit(1)
        if chain.seq != newest.seq:
            self.stderr.write(f"The register is NOT WHOLE. Line {chain.seq + 1}: it is missing.")
            sys.exit(1)
        if wanted and chain.found is None:
            self.stderr.write("HEAD NOT FOUND. Lines were taken away or written anew.")
            sys.exit(1)
        found = f" The head you gave is line {chain.found}." if wanted else ""
        waiting = f" {queries.waiting()} more wait to be chained."
        self.stdout.write(f"The register is whole: {chain.seq} lines, head {chain.hash}.{found}{waiting}")

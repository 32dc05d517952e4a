"""What every import says: a bar while it runs, each bad row by line, one line at the end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.db import transaction
from tqdm import tqdm

from consultations.services import BadRow, TakenIn


class Progress:
    """A bar on standard error (when somebody looks) and bad rows on standard error, as they come."""

    def __init__(self, total: int, name: str, errors: TextIO) -> None:
        self.name, self.errors = name, errors
        self.bar = tqdm(total=total, desc=name, unit=" rows", file=sys.stderr, disable=None)

    def step(self) -> None:
        self.bar.update(1)

    def bad(self, row: BadRow) -> None:
        self.bar.clear()
        self.errors.write(f"line {row.line}: {row.reason} ({self.name})\n")

    def close(self) -> None:
        self.bar.close()


def in_a_line(name: str, result: TakenIn, dry_run: bool, *more: str) -> str:
    """`name: 53 new, 0 known before, 0 refused; more`."""
    said = f"{name}: {result.accepted} new, {result.repeated} known before, {result.refused} refused"
    said = "; ".join([said, *more])
    return f"{said} (dry run: nothing was written)" if dry_run else said


@contextmanager
def undone(dry_run: bool) -> Iterator[None]:
    """For a dry run: everything happens in one transaction that is taken back at the end."""
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

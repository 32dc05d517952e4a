"""Reads of the register: in order, in steps, so that it can be of any length."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from foundation.models import Outbox
from records.models import WAITING, Record

STEP = 1000


@dataclass(frozen=True)
class Total:
    """How many lines of one kind there are."""

    kind: str
    number: int


def lines(up_to: int | None = None) -> Iterator[bytes]:
    """Every line as it is downloaded, from the first to `up_to`."""
    for record in records(up_to):
        yield record.line()


def records(up_to: int | None = None) -> Iterator[Record]:
    """Every record in order, read in steps by its number."""
    found = Record.objects.all() if up_to is None else Record.objects.filter(seq__lte=up_to)
    after: int | None = None
    while step := list((found if after is None else found.filter(seq__gt=after)).order_by("seq")[:STEP]):
        yield from step
        after = step[-1].seq


def newest(number: int) -> QuerySet[Record]:
    """The newest lines, the newest first."""
    return Record.objects.order_by("-seq")[:number]


def totals() -> list[Total]:
    """How many lines there are of each kind, most first."""
    counted = Record.objects.order_by().values("kind").annotate(number=Count("seq"))
    return [Total(row["kind"], row["number"]) for row in counted.order_by("-number", "kind")]


def waiting() -> int:
    """How many lines were entered and not chained yet."""
    return Outbox.objects.filter(kind=WAITING).count()

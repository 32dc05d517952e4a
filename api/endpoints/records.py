"""The public register, line by line."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from api.nouns import Noun, Shown, nouns
from api.schema import MOMENT, SLUG, Filters, Item, means, narrows
from records.models import Record


class WhichRecords(Filters):
    """Narrows the register."""

    kind: str | None = narrows("Only lines of this kind", pattern=r"^[a-z_.]{1,40}$")
    agency: str | None = narrows("Slug of an agency", pattern=SLUG)


class RecordOut(Item):
    """A line of the register. To check the chain take the whole file at /records/records.ndjson."""

    seq: int = means("Its number; no number is missing", 4711)
    kind: str = means("What happened", "outcome_released")
    agency: str = means("Slug of the agency that it concerns; empty for the centre", "water")
    thing: str = means("The key of what it concerns", "consultation:0b0c3a52")
    body: dict[str, Any] = means("Codes, counts and hashes; never words of a person", {"themes": 4})
    at: datetime = means("When, to the minute", MOMENT)
    prev_hash: str = means("Hash of the line before", "9f2c0d4e…")
    hash: str = means("Hash of this line, which holds the one before", "41d7a86b…")


class Records(Noun[Record]):
    """All lines, the newest first."""

    key = "records"
    one = "record"
    words = _("The public register")
    about = _("Each act of state as a line, chained to the one before, so that none can be changed unseen.")
    item = whole = RecordOut
    which = WhichRecords
    by = ("-seq",)

    def rows(self, which: Any, now: datetime) -> "QuerySet[Record]":
        filters = {"kind": which.kind, "agency": which.agency}
        return Record.objects.filter(**{name: value for name, value in filters.items() if value is not None})

    def find(self, key: str, now: datetime) -> "QuerySet[Record]":
        number = key.isascii() and key.isdigit() and len(key) < 19
        return Record.objects.filter(seq=int(key)) if number else Record.objects.none()

    def shown(self, rows: Sequence[Record], language: str, now: datetime) -> Iterable[Shown]:
        return (row.fields() for row in rows)


nouns.register(Records())

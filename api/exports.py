"""Contributions as a table for a spreadsheet: streamed, and with nothing in it that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from api import conf, queries, shown
from consultations.models import Consultation

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets read UTF-8 as what it is only when this comes first."""
COLUMNS = (
    "key", "kind", "question", "reply_to", "author", "official", "language", "text", "published_at", "support",
    "comments", "counted_at",
)  # fmt: skip
RUN_BY_SPREADSHEETS = tuple("=+-@\t\r\n＝＋－＠")
"""First signs of what a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""


def contributions_csv(row: Consultation, now: datetime) -> Iterator[str]:
    """All that everybody may read of a consultation, in the order in which it came in, line by line."""
    yield BYTE_ORDER_MARK + line(COLUMNS)
    after = 0
    while some := list(queries.readable(row, now).filter(pk__gt=after).order_by("pk")[: conf.STEP]):
        for contribution in some:
            facts = shown.contribution(contribution)
            yield line([cell(facts[column]) for column in COLUMNS])
        after = some[-1].pk


def cell(value: object) -> str:
    """A value as it stands in a cell. Words that a spreadsheet would run get an apostrophe before them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    text = str(value).replace("\x00", "")
    if text.startswith(RUN_BY_SPREADSHEETS) or text.lstrip().startswith(RUN_BY_SPREADSHEETS):
        return f"'{text}"
    return text


def line(cells: "list[str] | tuple[str, ...]") -> str:
    """One line, with its end."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()

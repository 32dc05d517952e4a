"""Reads tables that came from elsewhere (CSV), row by row, so that one damaged row costs no other.

A row is accepted when it parses strictly and has as many cells as the heading. An unclosed quote, which would
swallow the rest of the file, costs its own line: reading goes on at the next one.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.errors import BadInput

LARGEST_ROW = 1_000_000
MOST_LINES = 400
LARGEST_LINE = 20_000_000


@dataclass(frozen=True)
class Row:
    """One row: the line on which it begins (the heading is line 1), and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Damaged:
    """A row that cannot be read: its line, and why."""

    line: int
    reason: str


class _Lines:
    """The physical lines of a file with their numbers, which can be put back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._number = 0
        self._back: deque[tuple[int, bytes]] = deque()

    def next(self) -> tuple[int, bytes] | None:
        if self._back:
            return self._back.popleft()
        line = self._file.readline(LARGEST_LINE)
        if not line:
            return None
        self._number += 1
        return self._number, line

    def put_back(self, lines: Sequence[tuple[int, bytes]]) -> None:
        self._back.extendleft(reversed(lines))


def size_of(path: Path) -> int:
    """How many lines a file has, for a progress bar. Raises BadInput when it is not there."""
    try:
        with path.open("rb") as file:
            return sum(1 for _line in file)
    except OSError as error:
        raise BadInput(
            _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
        ) from error


def read(path: Path, *, needed: Sequence[str], encoding: str = "utf-8") -> Iterator[Row | Damaged]:
    """The rows of a CSV file, damaged ones among them in their place.

    Raises BadInput for the file as a whole: not there, empty, a column missing, another encoding.
    """
    _check_encoding(path, encoding)
    with path.open("rb") as file:
        heading = file.readline(LARGEST_ROW)
    if not heading.strip():
        raise BadInput(_("%(path)s is empty.") % {"path": path.name})
    columns = _cells([heading.removeprefix(codecs.BOM_UTF8).decode(encoding)]) or []
    missing = [name for name in needed if name not in columns]
    if missing:
        raise BadInput(
            _("%(path)s has no column “%(missing)s”. It has: %(columns)s.")
            % {"path": path.name, "missing": "”, “".join(missing), "columns": ", ".join(columns)}
        )
    return _rows(path, columns, encoding)


def _rows(path: Path, columns: list[str], encoding: str) -> Iterator[Row | Damaged]:
    with path.open("rb") as file:
        lines = _Lines(file)
        lines.next()
        while (first := lines.next()) is not None:
            if first[1].strip():
                yield _row(lines, first, columns, encoding)


def _row(lines: _Lines, first: tuple[int, bytes], columns: list[str], encoding: str) -> Row | Damaged:
    number, raw = first
    if len(raw) > LARGEST_ROW:
        return Damaged(number, f"the row has {len(raw):,} bytes; at most {LARGEST_ROW:,} are taken")
    taken = [first]
    while True:
        try:
            text = [line.decode(encoding) for _number, line in taken]
        except UnicodeDecodeError:
            lines.put_back(taken[1:])
            return Damaged(number, f"the line is not in {encoding}")
        whole = "".join(text)
        if whole.count('"') % 2 == 0:
            cells = _cells(text)
            if cells is not None and len(cells) == len(columns):
                return Row(number, dict(zip(columns, cells, strict=True)))
            if len(taken) == 1:
                return Damaged(
                    number, f"the row has {len(cells or [])} cells, the heading has {len(columns)}"
                )
        following = lines.next() if len(taken) < MOST_LINES and len(whole) < LARGEST_ROW else None
        if following is None:
            lines.put_back(taken[1:])
            return Damaged(number, "a quote is opened and never closed")
        taken.append(following)


def _cells(text: list[str]) -> list[str] | None:
    """The cells of exactly one row, or None when it does not parse."""
    limit = csv.field_size_limit(LARGEST_ROW)
    try:
        rows = list(csv.reader(text, strict=True))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    return rows[0] if len(rows) == 1 else None


def _check_encoding(path: Path, encoding: str) -> None:
    """One clear error when the file as a whole is in another encoding."""
    total = wrong = 0
    try:
        codecs.lookup(encoding)
        with path.open("rb") as file:
            start = file.read(4)
            if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise BadInput(_("%(path)s is in UTF-16. Save it as UTF-8.") % {"path": path.name})
            file.seek(0)
            for line in file:
                total += not line.isascii()
                try:
                    line.decode(encoding)
                except UnicodeDecodeError:
                    wrong += 1
    except OSError as error:
        raise BadInput(
            _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
        ) from error
    except LookupError as error:
        raise BadInput(_("There is no encoding “%(name)s”.") % {"name": encoding}) from error
    if wrong and wrong * 2 > total:
        raise BadInput(
            _(
                "%(path)s is not in %(encoding)s (it may be Windows-1252). Save it as UTF-8, or pass --encoding."
            )
            % {"path": path.name, "encoding": encoding}
        )

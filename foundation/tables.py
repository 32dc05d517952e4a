"""Reads tables that came from elsewhere (CSV), row by row, so that one damaged row costs no other.

A row is accepted when it parses strictly and has as many cells as the heading. An unclosed quote, which would
swallow the rest of the file, costs its own line: reading goes on at the next one. A row that is too long is read to
its end, however many lines it has, and is one damaged row.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.errors import BadInput

LARGEST_ROW = 1_000_000
MOST_LINES = 400
_ENDS_A_CELL = re.compile(rb"[,\r\n]")


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


class _Shape:
    """How many cells a row has and whether it has ended, by the strict rules of `csv`; keeps none of its words."""

    def __init__(self) -> None:
        self.cells, self.size, self.lines = 1, 0, 0
        self._at = "start"

    @property
    def open(self) -> bool:
        return self._at == "quoted"

    @property
    def broken(self) -> bool:
        return self._at == "broken"

    def is_row(self, columns: int) -> bool:
        """Whether this is a whole row by itself. In a table of one column any line would be: that tells nothing."""
        return columns > 1 and not self.open and not self.broken and self.cells == columns

    @property
    def fits(self) -> bool:
        return self.size <= LARGEST_ROW and self.lines <= MOST_LINES

    def feed(self, piece: bytes) -> None:
        self.size += len(piece)
        at = 0
        while at < len(piece) and self._at not in ("ended", "broken"):
            sign = piece[at : at + 1]
            if self._at == "quoted":
                at = piece.find(b'"', at) + 1
                if not at:
                    return
                self._at = "closing"
            elif sign == b'"' and self._at in ("start", "closing"):
                self._at, at = "quoted", at + 1
            elif self._at == "closing" and sign not in b",\r\n":
                self._at = "broken"
            elif (found := _ENDS_A_CELL.search(piece, at)) is None:
                self._at = "plain"
                return
            else:
                self.cells += found[0] == b","
                self._at, at = "start" if found[0] == b"," else "ended", found.end()


class _Lines:
    """The physical lines of a file with their numbers, of which a long one is never held whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0

    @property
    def place(self) -> tuple[int, int]:
        """Where the next line begins: hand it to `back_to`."""
        return self._file.tell(), self.number

    def back_to(self, place: tuple[int, int]) -> None:
        offset, self.number = place
        self._file.seek(offset)

    def next(self, *shapes: _Shape) -> bytes:
        """Shows the next line to the shapes, and returns it, cut when it is too long; empty at the end."""
        first = piece = self._file.readline(LARGEST_ROW + 1)
        if not first:
            return first
        self.number += 1
        for shape in shapes:
            shape.lines += 1
        while piece:
            for shape in shapes:
                shape.feed(piece)
            piece = b"" if piece.endswith(b"\n") else self._file.readline(LARGEST_ROW + 1)
        return first


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
        row = _Shape()
        while first := lines.next(row):
            if first.strip():
                yield _row(lines, first, row, columns, encoding)
            row = _Shape()


def _row(lines: _Lines, first: bytes, row: _Shape, columns: list[str], encoding: str) -> Row | Damaged:
    number, taken, second = lines.number, [first], lines.place
    alike = 0
    while row.open:
        line = _Shape()
        following = lines.next(row, line)
        if not following:
            break
        alike += line.is_row(len(columns))
        if row.fits:
            taken.append(following)
    if row.broken and row.lines == 1:
        return Damaged(number, "a quote stands in the middle of a cell")
    swallows = alike * 2 > row.lines if not row.fits else alike and row.cells != len(columns)
    if row.open or row.broken or swallows:
        _behind_a_quote(lines, second, len(columns))
        return Damaged(number, "a quote is opened and never closed")
    if row.size > LARGEST_ROW:
        return Damaged(number, f"the row has {row.size:,} bytes; at most {LARGEST_ROW:,} are taken")
    if not row.fits:
        return Damaged(number, f"the row has {row.lines:,} lines; at most {MOST_LINES:,} are taken")
    try:
        cells = _cells([line.decode(encoding) for line in taken])
    except UnicodeDecodeError:
        return Damaged(number, f"the line is not in {encoding}")
    if cells is None or len(cells) != len(columns):
        return Damaged(number, f"the row has {len(cells or [])} cells, the heading has {len(columns)}")
    return Row(number, dict(zip(columns, cells, strict=True)))


def _behind_a_quote(lines: _Lines, second: tuple[int, int], columns: int) -> None:
    """Goes on at the line behind an unclosed quote; when what follows is no table for too long, at the next row."""
    lines.back_to(second)
    passed = _Shape()
    while columns > 1:
        place, line = lines.place, _Shape()
        if lines.next(passed, line) and not line.is_row(columns) and not line.open:
            continue
        lines.back_to(second if passed.fits else place)
        return


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

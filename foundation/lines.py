"""Lines of a table for a spreadsheet. They hold codes, figures and moments alone: nothing that one would run."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from django.http import StreamingHttpResponse


def csv_line(cells: Iterable[object]) -> str:
    """One line, with its end; moments to the second, nothing for None."""
    out = io.StringIO()
    csv.writer(out).writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def csv_file(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """Lines as a file to keep, sent as they come."""
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return "" if value is None else str(value)

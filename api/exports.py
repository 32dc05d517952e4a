"""All of a list as a file: a table for a spreadsheet, with nothing in it that a spreadsheet would run, or lines of JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, get_origin

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from ninja.responses import NinjaJSONEncoder

from api.schema import Item, items_in

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets read UTF-8 as what it is only when this comes first."""
RUN_BY_SPREADSHEETS = tuple("=+-@\t\r\n＝＋－＠")
"""First signs of what a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""
CSV, NDJSON = "text/csv; charset=utf-8", "application/x-ndjson"


def as_csv(item: type[Item], shown: Iterable[Mapping[str, Any]], name: str) -> StreamingHttpResponse:
    """A table, streamed. Its columns are the fields of the item; what is a list in one stands as JSON in its cell."""
    return _file(table(item, shown), CSV, f"{name}.csv")


def as_ndjson(item: type[Item], shown: Iterable[Mapping[str, Any]], name: str) -> StreamingHttpResponse:
    """One line of JSON for each, streamed, the same as in the list."""
    return _file(lines(item, shown), NDJSON, f"{name}.ndjson")


def table(item: type[Item], shown: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of a table, its head first."""
    heads = columns(item)
    yield BYTE_ORDER_MARK + line(heads)
    for facts in shown:
        yield line([cell(_at(facts, head)) for head in heads])


def lines(item: type[Item], shown: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of JSON."""
    for facts in shown:
        told = item.model_validate(facts).model_dump()
        yield json.dumps(told, cls=NinjaJSONEncoder, ensure_ascii=False) + "\n"


def columns(item: type[Item]) -> list[str]:
    """The columns of a table of these: a thing within a thing is taken apart, `agency.slug`."""
    found = []
    for name, field in item.model_fields.items():
        inner = items_in(field.annotation)
        alone = inner is not None and get_origin(field.annotation) is not list
        found += [f"{name}.{own}" for own in columns(inner)] if inner and alone else [name]
    return found


def cell(value: object) -> str:
    """A value as it stands in a cell. Words that a spreadsheet would run get an apostrophe before them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    text = str(value).replace("\x00", "")
    if text.startswith(RUN_BY_SPREADSHEETS) or text.lstrip().startswith(RUN_BY_SPREADSHEETS):
        return f"'{text}"
    return text


def line(cells: Sequence[str]) -> str:
    """One line, with its end."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _at(facts: Mapping[str, Any], column: str) -> Any:
    value: Any = facts
    for name in column.split("."):
        value = value[name] if value is not None else None
    return value


def _file(lines: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""Rows that hundreds of tests begin with are made by the product once in a process, and then put back as they were.

    again("an opened agency", make)      # the first time make(), later its rows, in the same place

The rows are put back only into tables that stand as they stood then, as far as their number of rows and newest key
say; else `make` works anew. What a database computes (a primary key, a search vector) comes back as it was, so nothing
here knows any table by name. For the very first thing of a test: later, the same numbers may mean something else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

Row = tuple[Any, ...]
_kept: dict[str, "Kept"] = {}


@dataclass(frozen=True)
class Table:
    """What was added to a table, and what was changed in it: column by column, for the row of a primary key."""

    name: str
    columns: list[str]
    key: str
    numbered: bool
    stood: list[Any]  # how many rows, and the newest number where the key is one
    added: list[Row]
    changed: list[tuple[Any, str, Any]]  # key, column, value


@dataclass(frozen=True)
class Kept:
    """Everything that one making did."""

    tables: list[Table]

    def fits(self) -> bool:
        """Do the tables stand as they stood then?"""
        asked = ", ".join(
            f"(SELECT COUNT(*) FROM {_q(table.name)})"
            + (f", (SELECT MAX({_q(table.key)}) FROM {_q(table.name)})" if table.numbered else "")
            for table in self.tables
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {asked}")
            return list(cursor.fetchone()) == [fact for table in self.tables for fact in table.stood]

    def put_back(self) -> None:
        """Adds and changes the rows; references among them are looked at when the transaction ends."""
        with connection.cursor() as cursor:
            for table in self.tables:
                if table.added:
                    columns = ", ".join(map(_q, table.columns))
                    marks = ", ".join([f"({', '.join(['%s'] * len(table.columns))})"] * len(table.added))
                    values = [_plain(value) for row in table.added for value in row]
                    cursor.execute(f"INSERT INTO {_q(table.name)} ({columns}) VALUES {marks}", values)
                for key, column, value in table.changed:
                    cursor.execute(
                        f"UPDATE {_q(table.name)} SET {_q(column)} = %s WHERE {_q(table.key)} = %s",
                        [_plain(value), key],
                    )


def again(name: str, make: Callable[[], object]) -> None:
    """What `make` makes."""
    kept = _kept.get(name)
    if kept is None:
        before = _everything()
        make()
        _kept[name] = _difference(before, _everything())
    elif kept.fits():
        kept.put_back()
    else:
        make()


def _everything() -> dict[str, tuple[list[str], str, dict[Any, Row]]]:
    """Columns, key and rows of every table of a model."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.django_table_names(only_existing=True, include_views=False):
            key = connection.introspection.get_primary_key_column(cursor, name)
            if key is None:
                continue
            cursor.execute(f"SELECT * FROM {_q(name)}")
            columns = [column[0] for column in cursor.description]
            at = columns.index(key)
            found[name] = (columns, key, {row[at]: row for row in cursor.fetchall()})
    return found


def _difference(before: dict[str, Any], after: dict[str, Any]) -> Kept:
    tables = []
    for name, (columns, key, rows) in after.items():
        old = before[name][2]
        added = [row for number, row in rows.items() if number not in old]
        changed = [
            (number, column, new)
            for number, row in rows.items()
            for column, was, new in zip(columns, old.get(number, row), row, strict=True)
            if was != new
        ]
        assert not set(old) - set(rows), f"{name} lost rows"
        if added or changed:
            numbered = all(isinstance(number, int) for number in rows)
            stood = [len(old), max(old, default=None)] if numbered else [len(old)]
            tables.append(Table(name, columns, key, numbered, stood, added, changed))
    return Kept(tables)


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _plain(value: Any) -> Any:
    """As the database takes it: PostgreSQL gives JSON as what it means and takes it only by name."""
    if isinstance(value, dict | list) and connection.vendor == "postgresql":
        return Jsonb(value)
    return value

"""What hundreds of tests begin with is made by the product once in a process; later its rows are put back.

    again("our agency", lambda: open_it().pk)      # the first time it is made, later its rows stand in the same place

Rows are put back only where everything stands as it stood then: how many rows each table has and the newest of its
numbers, what the things are called that rows point to, the language, the settings, the hour. Else it is made anew.
Never where a test looks at what follows a commit. What a database computes comes back as it was.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import AutoField, IntegerField
from django.test import TestCase
from django.utils import translation
from psycopg.types.json import Jsonb

from foundation import clock
from tests.emptied import STAYS

T = TypeVar("T")
Row = tuple[Any, ...]
State = tuple[Any, ...]
KEPT_FOR = timedelta(minutes=4)
"""Moments in the rows were "now" when they were made: older ones are not used."""
NAMES = {
    "accounts_person": "username",
    "accounts_contactpoint": "address",
    "accounts_agency": "slug",
    "auth_group": "name",
    "wagtailcore_page": "url_path",
    "wagtailcore_locale": "language_code",
    "wagtailcore_site": "hostname",
    "consultations_topic": "slug",
}
"""What rows point to, with what it is called: the number of a person says nothing."""
ELSEWHERE = {"KILL_SWITCH_FILE", "MEDIA_ROOT", "EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_TIMEOUT",
             "HTTP_ALLOW_PRIVATE"}  # fmt: skip
"""Settings of which nothing comes into a row."""
DRAWN = re.compile(r"\bp-[0-9a-f]{16}\b")
"""What an account without a chosen name is called: drawn by chance; their address says who it is."""
IDENTITY = re.compile(r"(?<='id': ')[0-9a-f-]{36}(?=')")


@dataclass(frozen=True)
class Table:
    """A table's columns, which of them is the key, whether that is a number, and whether the database counts it."""

    name: str
    columns: list[str]
    key: str
    numbered: bool
    counted: bool


@dataclass(frozen=True)
class Kept:
    """Everything that one making did, as orders to the database, and what it gave."""

    orders: list[tuple[str, list[Any]]]
    result: Any
    made_at: datetime

    def put_back(self) -> None:
        """Adds and changes the rows; references among them are looked at when the transaction ends."""
        with connection.cursor() as cursor:
            for order, values in self.orders:
                cursor.execute(order, values)


_kept: dict[tuple[str, State], Kept] = {}
_looked_at = 0
_standing = 0


@contextmanager
def _commits_are_looked_at(*words: Any, **named: Any) -> Iterator[list[Callable[[], Any]]]:
    global _looked_at
    _looked_at += 1
    try:
        with _capture(*words, **named) as callbacks:
            yield callbacks
    finally:
        _looked_at -= 1


_capture = TestCase.captureOnCommitCallbacks
TestCase.captureOnCommitCallbacks = _commits_are_looked_at  # type: ignore[method-assign,assignment]


def again(name: str, make: Callable[[], T]) -> T:
    """What `make` makes, and what it gives: a number, a key or a list of them, no row."""
    if _looked_at or not connection.in_atomic_block:
        return make()
    at, now = (name, _state()), clock.now()
    kept = _kept.get(at)
    if kept is not None and abs(now - kept.made_at) < KEPT_FOR:
        kept.put_back()
        return kept.result
    before = _everything()
    result = make()
    orders = _orders(before, _everything())
    if orders is not None:
        _kept[at] = Kept(orders, result, now)
    return result


def count_from_the_start() -> None:
    """PostgreSQL counts on where a test was taken back: so that the next one has the same numbers, it begins again."""
    if connection.vendor == "postgresql" and connection.in_atomic_block and not _standing:
        with connection.cursor() as cursor:
            cursor.execute(_beginnings())


@contextmanager
def standing() -> Iterator[None]:
    """While a site stands for several tests, numbers go on from it."""
    global _standing
    _standing += 1
    try:
        yield
    finally:
        _standing -= 1


@cache
def _beginnings() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences")
        found = cursor.fetchall()
    moves = [f"setval('{name}', {last or 1}, {bool(last)})" for name, last in found]
    return f"SELECT {', '.join(moves)}"


def named(what: str, how: Mapping[str, Any]) -> str:
    """A name for making `what` with these arguments; identities drawn by chance count by where they stand."""
    said = repr({key: (type(value).__name__, value.pk) if hasattr(value, "pk") else value
                 for key, value in sorted(how.items())})  # fmt: skip
    seen: dict[str, str] = {}
    return what + IDENTITY.sub(lambda found: seen.setdefault(found.group(), f"#{len(seen)}"), said)


def _state() -> State:
    """Everything that must be the same; one question to the database."""
    overridden: dict[str, str] = {}
    holder = settings._wrapped
    while hasattr(holder, "default_settings"):
        own = {key: repr(value) for key, value in vars(holder).items() if key.isupper()}
        overridden = {key: value for key, value in own.items() if key not in ELSEWHERE} | overridden
        holder = holder.default_settings
    with connection.cursor() as cursor:
        cursor.execute(_question())
        facts = cursor.fetchone()
    called = [DRAWN.sub("", fact) if isinstance(fact, str) else fact for fact in facts]
    return (*called, translation.get_language(), *sorted(overridden.items()))


@cache
def _question() -> str:
    together = (
        "STRING_AGG({0}::text, ',' ORDER BY {0})"
        if connection.vendor == "postgresql"
        else "GROUP_CONCAT({0})"
    )
    asked = [f"(SELECT MAX(id) FROM {table})" for table in sorted(STAYS)]
    for table in _tables():
        facts = ["COUNT(*)"] + ([f"MAX({_q(table.key)})"] if table.numbered else [])
        asked += [f"(SELECT {fact} FROM {_q(table.name)})" for fact in facts]
        if table.name in NAMES:
            name = _q(NAMES[table.name])
            called = f"(SELECT {_q(table.key)} || ' ' || {name} AS called FROM {_q(table.name)} ORDER BY 1)"
            asked.append(f"(SELECT {together.format('called')} FROM {called} AS named)")
    return f"SELECT {', '.join(asked)}"


@cache
def _tables() -> list[Table]:
    """Every table of a model."""
    there, found = set(connection.introspection.table_names()), {}
    for model in apps.get_models(include_auto_created=True):
        about = model._meta
        if about.proxy or about.db_table not in there or about.db_table in STAYS | {"django_session"}:
            continue
        key = about.pk
        while key.remote_field:  # a page's own table: its key is that of the page
            key = key.remote_field.model._meta.pk
        columns = [field.column for field in about.local_concrete_fields if not field.generated]
        found[about.db_table] = Table(
            about.db_table,
            columns,
            about.pk.column,
            numbered=isinstance(key, IntegerField),
            counted=isinstance(about.pk, AutoField),
        )
    return [found[name] for name in sorted(found)]


def _everything() -> dict[str, dict[Any, Row]]:
    """All rows by table and key."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            columns = ", ".join(map(_q, table.columns))
            cursor.execute(f"SELECT {columns} FROM {_q(table.name)}")
            at = table.columns.index(table.key)
            found[table.name] = {row[at]: row for row in cursor.fetchall()}
    return found


def _orders(
    before: dict[str, dict[Any, Row]], after: dict[str, dict[Any, Row]]
) -> list[tuple[str, list[Any]]] | None:
    """What adds and changes these rows; None when some went, which is not done again."""
    orders, moves = [], []
    for table in _tables():
        old, new = before[table.name], after[table.name]
        if set(old) - set(new):
            return None
        name, at = _q(table.name), f"WHERE {_q(table.key)} = %s"
        for key, row in old.items():
            for column, was, now in zip(table.columns, row, new[key], strict=True):
                if was != now:
                    orders.append((f"UPDATE {name} SET {_q(column)} = %s {at}", [_plain(now), key]))
        added = [row for key, row in new.items() if key not in old]
        if added:
            marks = ", ".join([f"({', '.join(['%s'] * len(table.columns))})"] * len(added))
            columns = ", ".join(map(_q, table.columns))
            values = [_plain(value) for row in added for value in row]
            orders.append((f"INSERT INTO {name} ({columns}) VALUES {marks}", values))
            if table.counted and connection.vendor == "postgresql":
                newest = f"(SELECT MAX({_q(table.key)}) FROM {name})"
                moves.append(f"setval(pg_get_serial_sequence('{name}', '{table.key}'), {newest})")
    return orders + ([(f"SELECT {', '.join(moves)}", [])] if moves else [])


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _plain(value: Any) -> Any:
    """As the database takes it: PostgreSQL gives JSON as what it means and takes it only by name."""
    if isinstance(value, dict | list) and connection.vendor == "postgresql":
        return Jsonb(value)
    return value

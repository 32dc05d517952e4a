"""Questions to the database that every page asks: their SQL is written once in a process, the answer is asked each time.

Writing SQL costs Django more than an answer of ten rows costs the database. `@prepared` stands before a function that
makes a query set of its arguments and of nothing else; called, it gives the rows as a list:

    @prepared
    def _wordings(rows: Sequence[int], language: str) -> QuerySet[Wording]: ...

An argument is a text, a number, a moment, a day, a UUID, a list of those, True, False or None. It must reach the
database as it is: what a function makes of an argument (the day of a moment) would stay as it was the first time, so
this is found out when the SQL is written, and raises TypeError. The language of the reader, the clock and settings are
arguments, or are not asked; in which zone a day begins is looked after. A key of a row (of a type of pages, say) is an
argument too.
"""

import functools
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Expression, Model, QuerySet, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.utils.timezone import get_current_timezone_name

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
R = TypeVar("R")
LONGEST = 50
"""Longer lists are asked about as ever: each length has an SQL of its own."""
KEPT = 200
FAR, FAR_DAY = datetime(3000, 1, 1, tzinfo=UTC), date(3000, 1, 1)


@dataclass(frozen=True)
class _Written:
    """What stays of the first time: the SQL, and which of its parameters come from which argument."""

    rows: "QuerySet[Any]"
    compiler: SQLCompiler
    converters: dict[int, Any]
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int, ...]
    """For each parameter the number of its value among all values of the arguments; -1 where it never changes."""


def prepared(build: "Callable[P, QuerySet[M, R]]") -> Callable[P, list[R]]:
    """Makes of a function that gives a query set one that gives its rows, by SQL that is written once."""
    written: dict[tuple[Any, ...], _Written] = {}

    @functools.wraps(build)
    def ask(*arguments: P.args, **named: P.kwargs) -> list[R]:
        if named:
            raise TypeError(f"{build.__name__} takes its arguments in order")
        shape = tuple(map(_shape, arguments))
        if None in shape:
            return list(build(*arguments, **named))
        key = (connection.vendor, get_current_timezone_name(), *shape)
        found = written.get(key)
        if found is None:
            if len(written) >= KEPT:
                return list(build(*arguments, **named))
            try:
                found = written[key] = _write(build, arguments)
            except EmptyResultSet:  # an empty list, or a made-up number that is too large for its column
                return list(build(*arguments, **named))
        return list(_again(found, _values(arguments)))

    return ask


def figures(rows: "QuerySet[M]", **each: Expression) -> "QuerySet[M, dict[str, Any]]":
    """The one row of figures about all rows, for `@prepared`, as `rows.aggregate(…)` would give them at once."""
    one: Any = rows.order_by().values(all_of_them=Value(1))
    found: QuerySet[M, dict[str, Any]] = one.annotate(**each).values(*each)
    return found


def _shape(argument: Any) -> Any:
    """What of an argument changes the SQL; None when it is better written anew."""
    if _stays(argument):
        return (type(argument), argument)
    if isinstance(argument, list | tuple | set | frozenset):
        kinds = {type(each) for each in argument}
        return (*kinds, len(argument)) if len(kinds) <= 1 and len(argument) <= LONGEST else None
    return type(argument)


def _stays(argument: Any) -> bool:
    """Does it stand in the SQL as it is? A function may ask whether an argument was given at all."""
    return argument is None or isinstance(argument, bool) or argument in ("", 0)


def _values(arguments: Sequence[Any]) -> list[Any]:
    """All values in order, those of lists too."""
    found: list[Any] = []
    for argument in arguments:
        if isinstance(argument, list | tuple | set | frozenset):
            found.extend(argument)
        elif not _stays(argument):
            found.append(argument)
    return found


def _write(build: Callable[..., Any], arguments: Sequence[Any]) -> _Written:
    """Writes the SQL for two sets of made-up values: what differs between them must be one of the values."""
    first, second = (_made_up(arguments, turn) for turn in (0, 1))
    written, other = _compiled(build(*first)), _compiled(build(*second))
    stood, stood_then = ([_stored(value) for value in _values(made_up)] for made_up in (first, second))
    places = []
    for here, there in zip(written[3], other[3], strict=True):
        place = stood.index(here) if here in stood else -1
        if (stood_then[place] if place >= 0 else here) != there:
            raise TypeError(f"{build.__name__} makes something of an argument; give it what was made")
        places.append(place)
    if written[2] != other[2] or not set(range(len(stood))) <= set(places):
        raise TypeError(f"{build.__name__} hangs on an argument that does not reach the database")
    rows, compiler, sql, parameters = written
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    return _Written(rows, compiler, compiler.get_converters(columns), sql, parameters, tuple(places))


def _compiled(rows: "QuerySet[Any]") -> "tuple[QuerySet[Any], SQLCompiler, str, tuple[Any, ...]]":
    compiler = rows.query.get_compiler(using=rows.db)
    sql, parameters = compiler.as_sql()
    return rows, compiler, sql, tuple(parameters)


def _made_up(arguments: Sequence[Any], turn: int) -> list[Any]:
    """Values of the same kinds that nobody has, each another one, in each turn others."""
    number = turn * 10_000
    found: list[Any] = []
    for argument in arguments:
        if isinstance(argument, list | tuple | set | frozenset):
            found.append([_one(each, number + at) for at, each in enumerate(argument)])
            number += len(argument)
        else:
            found.append(_one(argument, number))
            number += 1
    return found


def _one(value: Any, number: int) -> Any:
    if _stays(value):
        return value
    if isinstance(value, str):
        return f"made up {number}"
    if isinstance(value, datetime):
        return FAR + timedelta(days=number)
    if isinstance(value, date):
        return FAR_DAY + timedelta(days=number)
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, int):
        return 2_000_000_000 + number
    raise TypeError(f"{type(value).__name__} cannot be put into prepared SQL")


def _stored(value: Any) -> Any:
    """As the database is given it."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _again(written: _Written, values: Sequence[Any]) -> Any:
    """The same rows for other values; the query set is to be read, and must not be narrowed any more."""
    was: Any = written.rows
    compiler = copy(written.compiler)
    compiler.connection = connections[was.db]
    parameters = tuple(
        kept if place < 0 else _as(kept, _stored(values[place]))
        for kept, place in zip(written.parameters, written.places, strict=True)
    )
    compiler.as_sql = lambda *_more, **_named: (written.sql, parameters)  # type: ignore[method-assign]
    compiler.get_converters = lambda _columns: written.converters  # type: ignore[assignment, method-assign]
    query = Query.__new__(type(was.query))
    query.__dict__ = {**was.query.__dict__, "get_compiler": lambda *_more, **_named: compiler}
    rows: Any = type(was)(model=was.model, query=query, using=was._db)
    rows._iterable_class, rows._fields = was._iterable_class, was._fields
    rows._prefetch_related_lookups = was._prefetch_related_lookups
    return rows


def _as(kept: Any, value: Any) -> Any:
    """Of the type that the driver was given the first time: it tells PostgreSQL how large a number is."""
    return type(kept)(value) if isinstance(kept, int) and type(kept) is not type(value) else value

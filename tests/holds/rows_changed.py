"""Did a request change a row? Asked of the database itself, table by table."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

WRITES = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


def digests(tables: Iterable[str] | None = None) -> dict[str, str]:
    """The fingerprint of the rows of each table, of all tables when none is named."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor) if tables is None else tables
        return {name: _digest(cursor, name) for name in names}


def _digest(cursor: Any, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')
    rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def tables_changed(act: Callable[[], Any]) -> tuple[Any, set[str]]:
    """What the act gave, and the tables in which rows are not as before; all of it is taken back afterwards."""
    with transaction.atomic():
        with _written() as written:
            given = act()
        after = digests(sorted(written))
        transaction.set_rollback(True)
    before = digests(sorted(written))
    return given, {table for table in written if before[table] != after[table]}


@contextmanager
def _written() -> Iterator[set[str]]:
    """The tables to which a statement wrote."""
    tables: set[str] = set()

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            tables.add(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables

"""Migration operations that let the database itself refuse what may never happen, on SQLite and PostgreSQL.

`AppendOnly("consultations_voteevent")` refuses UPDATE and DELETE; `RefuseWhen(…)` what a condition names.
Both are reversible, may be run again, and raise `django.db.IntegrityError` with their message at the attempt.

SQLite builds a table anew for many later changes and drops its triggers with the old one: a migration that
alters a guarded table ends with the same operation again.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory

_APPEND_ONLY = "_append_only_"


class RefuseWhen(Operation):
    """Refuses an INSERT, UPDATE or DELETE on `table` when `condition` (SQL over NEW and OLD) is true.

    `condition` must be SQL that both engines read. `lock` is an SQL text expression over NEW and OLD: on
    PostgreSQL writers with the same text wait for one another (`locks.serialise` takes the same lock).
    """

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(
        self, name: str, table: str, *, event: str = "INSERT", condition: str, message: str, lock: str = ""
    ) -> None:
        self.name = name
        self.table = table
        self.event = event
        self.condition = condition
        self.message = message.replace("'", "''")
        self.lock = lock

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        for statement in self._postgresql() if _is_postgresql(schema_editor) else self._sqlite():
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if _is_postgresql(schema_editor):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"', params=None)
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{self.name}"()', params=None)
        else:
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.name}"', params=None)

    def describe(self) -> str:
        return f"The database refuses: {self.name}"

    def _sqlite(self) -> list[str]:
        return [
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" WHEN {self.condition} '
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        ]

    def _postgresql(self) -> list[str]:
        row = "OLD" if self.event == "DELETE" else "NEW"
        wait = f"PERFORM pg_advisory_xact_lock(hashtextextended({self.lock}, 0));" if self.lock else ""
        return [
            f"""
            CREATE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS $refuse$
            BEGIN
                {wait}
                IF {self.condition} THEN
                    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{self.message}';
                END IF;
                RETURN {row};
            END $refuse$
            """,
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
        ]


class AppendOnly(Operation):
    """Rows of `table` are put in once and never changed or removed, whoever asks."""

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for refusal in self._refusals():
            refusal.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for refusal in self._refusals():
            refusal.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{self.table} is append only"

    def _refusals(self) -> list[RefuseWhen]:
        return [
            RefuseWhen(
                f"{self.table}{_APPEND_ONLY}{event.lower()}",
                self.table,
                event=event,
                condition="1 = 1",
                message=f"{self.table} is append only: its rows are never {done}.",
            )
            for event, done in (("UPDATE", "changed"), ("DELETE", "removed"))
        ]


def guarded_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables whose rows this database refuses to change and to remove: the database itself is asked."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        found = set(cursor.fetchall())
    tables = {table for table, _name in found}
    return sorted(
        table
        for table in tables
        if {(table, f"{table}{_APPEND_ONLY}update"), (table, f"{table}{_APPEND_ONLY}delete")} <= found
    )


def _is_postgresql(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return schema_editor.connection.vendor == "postgresql"

"""What time it is. Services take `now` as an argument; only the edges (views, commands, tasks) ask here."""

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    """This machine's time, aware, in UTC."""
    return datetime.now(UTC)


def database_now() -> datetime:
    """The database's time, aware, in UTC: the one clock all hosts share. It moves within a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            found: datetime = cursor.fetchone()[0]
            return found.astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)

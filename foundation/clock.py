"""What time it is. Services take `now` as an argument; only the edges (views, commands, tasks) ask here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Within it both clocks stand at this moment, for this thread alone: so the demo lives through its past.

    Nothing that answers people may use it: what is closed would be open again.
    """
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def now() -> datetime:
    """This machine's time, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def day(moment: datetime) -> date:
    """The date on the house's own calendar (TIME_ZONE): at 20:00 in UTC it is tomorrow already in Kolkata."""
    return timezone.localtime(moment).date()


def database_now() -> datetime:
    """The database's time, aware, in UTC: the one clock all hosts share. It moves within a transaction."""
    pretended = _pretended.get()
    if pretended is not None:
        return pretended
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            found: datetime = cursor.fetchone()[0]
            return found.astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)

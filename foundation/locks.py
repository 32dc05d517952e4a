"""One at a time, on either engine: an advisory lock on PostgreSQL, a Lease row on SQLite."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from foundation.models import Lease

_here = threading.local()


@contextmanager
def only_one(name: str, *, now: datetime, ttl: timedelta) -> Iterator[bool]:
    """Yields True to one caller at a time for each name, and False at once to all others.

    On PostgreSQL the lock ends with the block, or with the connection when the process dies (within a
    transaction: with the transaction). On SQLite it ends with the block, or `ttl` after `now` when the
    process dies, so `ttl` must be longer than the job. The same name asked again within the
    block is refused too.
    """
    held: set[str] = _here.__dict__.setdefault("held", set())
    if name in held:
        yield False
        return
    way = _advisory(name) if connection.vendor == "postgresql" else _leased(name, now=now, ttl=ttl)
    with way as ours:
        if not ours:
            yield False
            return
        held.add(name)
        try:
            yield True
        finally:
            held.discard(name)


def serialise(name: str) -> None:
    """Waits until no other open transaction has serialised the same name; holds it to the end of this one.

    On SQLite a writing transaction is alone anyway (`transaction_mode` IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def _advisory(name: str) -> Iterator[bool]:
    within = connection.in_atomic_block
    if within:
        yield _asked("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", name)
        return
    ours = _asked("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
    try:
        yield ours
    finally:
        if ours:
            _asked("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)


def _asked(sql: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return bool(cursor.fetchone()[0])


@contextmanager
def _leased(name: str, *, now: datetime, ttl: timedelta) -> Iterator[bool]:
    holder = secrets.token_hex(16)
    ours = _take_lease(name, holder, now=now, until=now + ttl)
    try:
        yield ours
    finally:
        if ours and not connection.needs_rollback:
            Lease.objects.filter(name=name, holder=holder).delete()


def _take_lease(name: str, holder: str, *, now: datetime, until: datetime) -> bool:
    lapsed = Lease.objects.filter(Q(until__lte=now), name=name)
    if lapsed.update(holder=holder, until=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=until)
    except IntegrityError:
        return False
    return True

"""Telling the rooms above that something happened, once it is certain."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Within it nothing is announced: where very much happens at once, the rooms above find it by their queries."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def announce(signal: Signal, **facts: Any) -> None:
    """Sends the signal after commit; nothing is said when the transaction is rolled back.

    Each receiver fails alone: Django's `send_robust` logs it and goes on to the next. An announcement is a
    nudge, never the record: whoever must not miss it also finds its work by a query.
    """
    if not _quiet.get():
        transaction.on_commit(partial(signal.send_robust, sender=None, **facts), robust=True)

"""Every write of this room: letters put down, sent, settled, stopped and forgotten."""

from datetime import datetime

from notifications.services.forget import expire, forget_person
from notifications.services.gather import put_digests
from notifications.services.put import find_missing, put, put_code
from notifications.services.send import send_due, send_letters, settle
from notifications.services.tend import let_be, send_again
from notifications.services.want import choose, want_letters

__all__ = [
    "choose",
    "expire",
    "find_missing",
    "forget_person",
    "let_be",
    "put",
    "put_code",
    "put_digests",
    "run_due",
    "send_again",
    "send_due",
    "send_letters",
    "settle",
    "want_letters",
]


def run_due(now: datetime) -> dict[str, int]:
    """All that the clock does for letters: finds what a lost nudge left behind, then sends. Says how many of each."""
    found = find_missing(now) + put_digests(now)
    return {"found": found, "expired": expire(now), "settled": settle(now), **send_due(now)}

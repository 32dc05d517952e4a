"""Work put down in the same transaction as its cause, and taken up after commit."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from foundation import claims, clock
from foundation.models import Outbox

LEASE = timedelta(seconds=60)


def put(kind: str, payload: dict[str, Any], *, due_at: datetime | None = None) -> Outbox:
    """Writes a line in the caller's transaction: no commit, no line. No personal text in the payload."""
    return Outbox.objects.create(kind=kind, payload=payload, due_at=due_at or clock.now())


def take(kind: str, limit: int, *, now: datetime | None = None, lease: timedelta = LEASE) -> list[Outbox]:
    """Claims up to `limit` lines of a kind, the oldest first, also those whose worker did not come back.

    Each is ours until its lease runs out: end it with `done`, or with `retry`.
    """
    now = now or clock.now()
    ready = Q(state=claims.DUE) | Q(state=claims.ATTEMPTING, lease_until__lte=now)
    lines = Outbox.objects.filter(ready, kind=kind, due_at__lte=now).order_by("pk")
    taken = []
    for line in lines[:limit]:
        fence = claims.claim(Outbox, line.pk, now=now, lease=lease, from_state=line.state)
        if fence is not None:
            line.state, line.fence, line.attempts = claims.ATTEMPTING, fence, line.attempts + 1
            line.lease_until = now + lease
            taken.append(line)
    return taken


def done(line: Outbox) -> bool:
    """Removes a line that was done; False when it is no longer ours."""
    removed, _rows = Outbox.objects.filter(pk=line.pk, fence=line.fence, state=claims.ATTEMPTING).delete()
    return bool(removed)


def retry(line: Outbox, *, due_at: datetime, error: str) -> bool:
    """Puts a line back for later, with the reason (no personal text); False when it is no longer ours."""
    return claims.finish(
        Outbox, line.pk, fence=line.fence, to_state=claims.DUE, due_at=due_at, last_error=error
    )


def give_up(line: Outbox, *, error: str) -> bool:
    """Leaves a line as failed for a person to look at; False when it is no longer ours."""
    return claims.finish(Outbox, line.pk, fence=line.fence, to_state=claims.FAILED, last_error=error)

"""Work that is a row: taken by exactly one worker, finished only by the one who holds it.

A row is claimed by one conditional UPDATE, on SQLite and PostgreSQL alike; `SKIP LOCKED` only picks
candidates (on SQLite it is silently nothing). Commit the claim before any call to the outside.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation import clock

DUE = "due"
ATTEMPTING = "attempting"
DONE = "done"
FAILED = "failed"


class Work(models.Model):
    """A row that a worker takes, holds under a lease, and finishes. Rooms may use their own state words."""

    state = models.CharField(_("state"), max_length=20, default=DUE)
    due_at = models.DateTimeField(_("due at"), default=clock.now)
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True, editable=False)
    fence = models.PositiveIntegerField(_("fencing number"), default=0, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    last_error = models.TextField(_("last error"), blank=True, default="")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "due_at"])]


def claim(
    model: type[Work],
    pk: Any,
    *,
    now: datetime,
    lease: timedelta,
    from_state: str = DUE,
    to_state: str = ATTEMPTING,
    **extra: Any,
) -> int | None:
    """Takes a row that is due and free; gives its new fencing number, or None: another was faster.

    `from_state=ATTEMPTING` takes over a row whose lease has run out. `extra` is written with the claim.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    with transaction.atomic():
        taken = model._default_manager.filter(free, pk=pk, state=from_state, due_at__lte=now).update(
            state=to_state,
            lease_until=now + lease,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            **extra,
        )
        if not taken:
            return None
        fence: int = model._default_manager.values_list("fence", flat=True).get(pk=pk)
        return fence


def finish(model: type[Work], pk: Any, *, fence: int, to_state: str, **fields: Any) -> bool:
    """Writes the result and lets go of the row; False when it is no longer held under this fencing number."""
    held = model._default_manager.filter(pk=pk, fence=fence, lease_until__isnull=False)
    return bool(held.update(state=to_state, lease_until=None, **fields))


def pick(model: type[Work], *, now: datetime, limit: int, state: str = DUE) -> list[Any]:
    """Keys of rows that are due, the oldest first: candidates only, each must still be claimed."""
    with transaction.atomic():
        due = model._default_manager.filter(state=state, due_at__lte=now).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        return list(due.values_list("pk", flat=True)[:limit])


def overdue_leases(model: type[Work], *, now: datetime, state: str = ATTEMPTING) -> list[Any]:
    """Keys of rows whose worker has not come back before its lease ran out."""
    lost = model._default_manager.filter(state=state, lease_until__lte=now).order_by("lease_until", "pk")
    return list(lost.values_list("pk", flat=True))

"""Deciding what may be shown: moderation decides, the hall writes it down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations import signals
from consultations.models import Contribution
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, WrongState

State = Contribution.State


def publish(contribution: Contribution, *, by: int | None, now: datetime) -> Contribution:
    """Lets everybody read it (for an answer: as far as its question and its author allow).

    Raises WrongState when it was taken back or removed.
    """
    with transaction.atomic():
        row = _held(contribution)
        if row.state == State.PUBLISHED:
            return row
        row.state, row.reason, row.decided_at = State.PUBLISHED, "", now
        row.published_at = row.published_at or now
        row.save(update_fields=["state", "reason", "decided_at", "published_at"])
        audit.write("contribution.published", by=by, thing=f"contribution:{row.pk}")
        announce(signals.contribution_published, contribution=row)
    return row


def reject(contribution: Contribution, *, reason: str, by: int | None, now: datetime) -> Contribution:
    """Does not show it, for a public reason code. Raises BadInput without a reason, WrongState when it is gone."""
    if not reason:
        raise BadInput(_("Choose a reason: nothing is refused without one."))
    with transaction.atomic():
        row = _held(contribution)
        row.state, row.reason, row.decided_at = State.REJECTED, reason, now
        row.save(update_fields=["state", "reason", "decided_at"])
        audit.write("contribution.rejected", by=by, thing=f"contribution:{row.pk}", reason=reason)
        announce(signals.contribution_rejected, contribution=row, reason=reason)
    return row


def hold(contribution: Contribution, *, reason: str, by: int | None, now: datetime) -> Contribution:
    """Keeps it back until a person decides; a machine can do this and no more."""
    with transaction.atomic():
        row = _held(contribution)
        row.state, row.reason = State.HELD, reason
        row.save(update_fields=["state", "reason"])
        audit.write("contribution.held", by=by, thing=f"contribution:{row.pk}", reason=reason)
        announce(signals.contribution_withdrawn, contribution=row)
    return row


def remove(contribution: Contribution, *, reason: str, by: int | None, now: datetime) -> Contribution:
    """Takes away what is gone at its origin or must not stand; its place and reason stay."""
    with transaction.atomic():
        row = Contribution.objects.select_for_update().get(pk=contribution.pk)
        row.state, row.reason, row.decided_at = State.REMOVED, reason, now
        row.text = "" if reason == "gone_at_origin" else row.text
        row.save(update_fields=["state", "reason", "decided_at", "text"])
        audit.write("contribution.removed", by=by, thing=f"contribution:{row.pk}", reason=reason)
        announce(signals.contribution_withdrawn, contribution=row)
    return row


def restore(contribution: Contribution, *, by: int, now: datetime) -> Contribution:
    """Shows again what was removed by a decision. Raises WrongState when it was not, or its words are gone."""
    with transaction.atomic():
        row = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if row.state != State.REMOVED or not row.text:
            raise WrongState(_("This was not removed, or its words are gone."))
        row.state, row.reason, row.decided_at = State.PUBLISHED, "", now
        row.published_at = row.published_at or now
        row.save(update_fields=["state", "reason", "decided_at", "published_at"])
        audit.write("contribution.restored", by=by, thing=f"contribution:{row.pk}")
        announce(signals.contribution_published, contribution=row)
    return row


def _held(contribution: Contribution) -> Contribution:
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if row.state in (State.WITHDRAWN, State.REMOVED):
        raise WrongState(_("This was taken back meanwhile; there is nothing to decide."))
    return row

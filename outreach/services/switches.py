"""The kill switch: one person stops, two start. It is read in the worker just before each call."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit
from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import conf
from outreach.channels import channels
from outreach.models import ChannelAccount, KillSwitch
from outreach.permissions import can_stop
from records.services import enter

Scope = KillSwitch.Scope


def stop(
    *,
    by: Person,
    reason: str,
    now: datetime,
    channel: str = "",
    account: ChannelAccount | None = None,
) -> KillSwitch:
    """Stops everything, one channel, or one account, at once. Whoever stops twice finds the stop that stands.

    Raises NotAllowed, or BadInput for a channel that is not there.
    """
    if not can_stop(by, account.agency_id if account else None):
        raise NotAllowed(_("You may not stop this. Call the duty officer."))
    if channel and channel not in channels():
        raise BadInput(_("There is no such channel."))
    scope = Scope.ACCOUNT if account else Scope.CHANNEL if channel else Scope.ALL
    try:
        with transaction.atomic():
            switch = KillSwitch.objects.create(
                scope=scope,
                channel="" if account else channel,
                account=account,
                reason=reason.strip()[:200],
                stopped_by=by.pk,
                stopped_at=now,
            )
            audit.write("switch.stopped", by=by.pk, thing=f"switch:{switch.pk}", scope=scope)
            enter("switch_stopped", switch=_code(switch))
    except IntegrityError:
        standing = KillSwitch.objects.filter(started_at__isnull=True, scope=scope, account=account)
        return standing.get(channel="" if account else channel)
    return switch


def start(switch: KillSwitch, *, by: Person, now: datetime) -> KillSwitch:
    """Asks to start again, or agrees to it: the second of two different people starts it.

    Raises NotAllowed, also for one person twice, or WrongState when it runs already.
    """
    with transaction.atomic():
        row = KillSwitch.objects.select_for_update().get(pk=switch.pk)
        if not can_stop(by, row.account.agency_id if row.account else None):
            raise NotAllowed(_("You may not start this. Call the duty officer."))
        if not row.stands:
            raise WrongState(_("This was started already."))
        if row.first_starter is None:
            row.first_starter = by.pk
            row.save(update_fields=["first_starter"])
            audit.write("switch.start_asked", by=by.pk, thing=f"switch:{row.pk}")
            return row
        if row.first_starter == by.pk:
            raise NotAllowed(_("You asked to start it. Somebody else has to agree."))
        row.second_starter, row.started_at = by.pk, now
        row.save(update_fields=["second_starter", "started_at"])
        audit.write("switch.started", by=by.pk, thing=f"switch:{row.pk}")
        enter("switch_started", switch=_code(row))
    return row


def why_stopped(account: ChannelAccount) -> str:
    """Why nothing may go out on this account now, in words; empty when it may. Asks the file and the database."""
    if conf.kill_switch_file().exists():
        return _("Everything is stopped by the operators.")
    scopes = Q(scope=Scope.ALL) | Q(scope=Scope.CHANNEL, channel=account.channel) | Q(account=account)
    stopped = KillSwitch.objects.filter(scopes, started_at__isnull=True).first()
    return _("Stopped: %(reason)s") % {"reason": stopped.reason} if stopped else ""


def _code(switch: KillSwitch) -> str:
    return {
        Scope.ALL: "all",
        Scope.CHANNEL: f"channel:{switch.channel}",
        Scope.ACCOUNT: f"account:{switch.account_id}",
    }[Scope(switch.scope)]

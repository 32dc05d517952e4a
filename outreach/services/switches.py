"""The kill switch: one person stops, two start. It is read in the worker just before each call."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.queries import current
from accounts.roles import Role
from foundation import audit, locks
from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import conf
from outreach.channels import channels
from outreach.models import ChannelAccount, Delivery, KillSwitch
from outreach.permissions import STOPS, can_stop
from records.services import enter

Scope = KillSwitch.Scope
LOCK = "outreach.switch"


def stop(
    *,
    by: Person,
    reason: str,
    now: datetime,
    channel: str = "",
    account: ChannelAccount | None = None,
) -> KillSwitch:
    """Stops everything, one channel, or one account, at once. Whoever stops twice finds the stop that stands.

    It holds for every worker that has not begun its call when this returns, with nothing but the database.
    Raises NotAllowed, or BadInput for a channel that is not there and when no reason is given.
    """
    if not can_stop(by, account.agency_id if account else None):
        raise NotAllowed(_("You may not stop this. Call the duty officer."))
    if channel and channel not in channels():
        raise BadInput(_("There is no such channel."))
    if not reason.strip():
        raise BadInput(_("Say why: those who start it again have to know."))
    scope = Scope.ACCOUNT if account else Scope.CHANNEL if channel else Scope.ALL
    try:
        with transaction.atomic():
            locks.serialise(LOCK)
            switch = KillSwitch.objects.create(
                scope=scope,
                channel="" if account else channel,
                account=account,
                reason=reason.strip()[:200],
                stopped_by=by.pk,
                stopped_at=now,
            )
            audit.write("switch.stopped", by=by.pk, thing=f"switch:{switch.pk}", scope=scope)
            enter("switch_stopped", switch=_code(switch), role=_role(by, account))
    except IntegrityError:
        standing = KillSwitch.objects.filter(started_at__isnull=True, scope=scope, account=account)
        return standing.get(channel="" if account else channel)
    return switch


def start(switch: KillSwitch, *, by: Person, now: datetime) -> KillSwitch:
    """Asks to start again, or agrees to it: the second of two different people starts it.

    Raises NotAllowed, also for one person twice, or WrongState when it runs already.
    """
    with transaction.atomic():
        locks.serialise(LOCK)
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
        enter("switch_started", switch=_code(row), role=_role(by, row.account))
    return row


def why_stopped(account: ChannelAccount) -> str:
    """Why nothing may go out on this account now, in words; empty when it may. Asks the file and the database."""
    return _why(Q(scope=Scope.CHANNEL, channel=account.channel) | Q(account=account))


def why_channel_stopped(channel: str) -> str:
    """The same for a whole channel."""
    return _why(Q(scope=Scope.CHANNEL, channel=channel))


def last_look(account: ChannelAccount) -> str:
    """As `why_stopped`, just before a call: a stop that was begun is waited for, so none is overlooked."""
    with transaction.atomic():
        locks.serialise(LOCK)
        return why_stopped(account)


def under_way(switch: KillSwitch, *, now: datetime) -> int:
    """How many calls within a stop had begun before it and cannot be called back."""
    begun = Delivery.objects.filter(state=Delivery.State.ATTEMPTING, lease_until__gt=now)
    if switch.account_id:
        begun = begun.filter(account=switch.account_id)
    elif switch.channel:
        begun = begun.filter(account__channel=switch.channel)
    return begun.count()


def _why(narrower: Q) -> str:
    if conf.kill_switch_file().exists():
        return _("Everything is stopped by the operators.")
    stopped = KillSwitch.objects.filter(narrower | Q(scope=Scope.ALL), started_at__isnull=True).first()
    return _("Stopped: %(reason)s") % {"reason": stopped.reason} if stopped else ""


def _role(person: Person, account: ChannelAccount | None) -> str:
    """As what this person stops or starts: a role, for the register."""
    held = current().filter(person=person, role__in=[*STOPS, Role.PLATFORM_ADMIN])
    if account is not None:
        held = held.filter(Q(agency=account.agency_id) | Q(agency__isnull=True))
    return str(held.order_by("pk").values_list("role", flat=True)[0])


def _code(switch: KillSwitch) -> str:
    return {
        Scope.ALL: "all",
        Scope.CHANNEL: f"channel:{switch.channel}",
        Scope.ACCOUNT: f"account:{switch.account_id}",
    }[Scope(switch.scope)]

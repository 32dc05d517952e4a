"""How accounts are: each is asked from time to time, and the press officers hear when one falls ill."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit
from foundation.announce import announce
from foundation.errors import NotAllowed, OutsideError
from foundation.http import AuthExpired, RateLimited
from outreach import conf, signals
from outreach.channels.base import Standing
from outreach.models import ChannelAccount
from outreach.permissions import can_connect
from outreach.services import calls
from outreach.words import channel_of

logger = logging.getLogger(__name__)
LONGEST_ERROR = 400


def check_due(now: datetime) -> int:
    """Asks the networks whose turn it is who we are there; gives how many accounts work. Safe to run at once."""
    begun, working = time.monotonic(), 0
    turn = ChannelAccount.objects.to_check(now).order_by("check_due_at", "pk")
    for pk in turn.values_list("pk", flat=True)[: conf.HEALTH_AT_ONCE]:
        if time.monotonic() - begun > conf.AT_MOST_SECONDS:
            break
        taken = ChannelAccount.objects.to_check(now).filter(pk=pk)
        if taken.update(check_due_at=now + conf.LETTER_LEASE):
            working += _ask(pk, now=now)
    return working


def check_now(account: ChannelAccount, *, by: Person, now: datetime) -> bool:
    """Asks at once, because an officer wants to know; True when it works. Raises NotAllowed."""
    if not can_connect(by, account.agency_id):
        raise NotAllowed(_("Only press officers of the agency and the centre check accounts."))
    audit.write("account.checked", by=by.pk, thing=f"account:{account.pk}")
    return _ask(account.pk, now=now)


def broke(account: ChannelAccount, words: str, *, now: datetime, for_good: bool = False) -> None:
    """Something failed on this account. `for_good`: nothing goes out on it until it is connected again.

    It is ill when it failed for good, or several times and not once in the last hour did anything work.
    """
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=account.pk)
        if row.state == ChannelAccount.State.OFF:
            return
        row.failures = min(row.failures + 1, 1_000)
        row.last_error, row.last_error_at = words[:LONGEST_ERROR], now
        row.check_due_at = now + _rest(row.failures)
        if for_good:
            row.state = ChannelAccount.State.RECONNECT
        worked = row.health_at or row.connected_at
        lasts = row.failures >= conf.ILL_AFTER_FAILURES and worked <= now - conf.ILL_AFTER
        if for_good or lasts:
            _fall_ill(row, now)
        row.save(
            update_fields=["failures", "last_error", "last_error_at", "check_due_at", "state", "ill_since"]
        )


def worked(account: ChannelAccount, *, now: datetime) -> None:
    """Something went well on this account: what was written of its troubles is gone."""
    ChannelAccount.objects.filter(pk=account.pk).update(
        health_at=now, failures=0, last_error="", last_error_at=None, ill_since=None
    )


def facts_of(standing: Standing, now: datetime) -> dict[str, object]:
    """What a network said of an account that works, as its row keeps it."""
    return {
        "remote_name": standing.name[:200],
        "remote_url": standing.url[:400],
        "limit": standing.limit,
        "token_expires_at": standing.expires,
        "health_at": now,
        "check_due_at": now + conf.CHECKED_EVERY,
        "failures": 0,
        "last_error": "",
        "last_error_at": None,
        "ill_since": None,
    }


def _ask(pk: int, *, now: datetime) -> bool:
    """One call, outside any transaction, and its ending written down."""
    account = ChannelAccount.objects.select_related("agency").get(pk=pk)
    try:
        standing = channel_of(account).check(calls.account_of(account))
    except RateLimited as error:
        calls.pause(account, error.until, str(error), now=now)
        return False
    except OutsideError as error:
        broke(account, str(error), now=now, for_good=isinstance(error, AuthExpired))
        return False
    except Exception:
        logger.exception("A channel broke while being checked", extra={"account": pk})
        broke(account, _("Our own program failed while asking. It is in the log."), now=now)
        return False
    _well(account, standing, now=now)
    return True


def _well(account: ChannelAccount, standing: Standing, *, now: datetime) -> None:
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=account.pk)
        if row.state == ChannelAccount.State.OFF:
            return
        ill_before = row.ill_since
        for name, value in facts_of(standing, now).items():
            setattr(row, name, value)
        row.state = ChannelAccount.State.CONNECTED
        if row.ends_soon(now):
            row.ill_since = ill_before
            row.last_error, row.last_error_at = _("The token of this account ends soon."), now
            _fall_ill(row, now)
        elif ill_before:
            audit.write("account.well", by=None, thing=f"account:{row.pk}")
        row.save()


def _fall_ill(row: ChannelAccount, now: datetime) -> None:
    """Told once for each illness, after commit."""
    if row.ill_since is None:
        row.ill_since = now
        audit.write("account.ill", by=None, thing=f"account:{row.pk}", channel=row.channel)
        announce(signals.account_fell_ill, account=row)


def _rest(failures: int) -> timedelta:
    """Longer after each failure, so that a server in trouble is not asked all the time."""
    return min(conf.CHECKED_AGAIN * 2 ** min(failures - 1, 10), conf.CHECKED_EVERY)

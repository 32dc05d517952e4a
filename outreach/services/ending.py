"""How one try ends, written down: published, refused, later, or not known. Each needs the fencing number."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from foundation import approvals, audit, claims
from foundation.announce import announce
from foundation.errors import OutsideError
from foundation.http import AuthExpired, RateLimited, Refused, Unknown
from outreach import conf, signals
from outreach.channels.base import NotNow, Receipt
from outreach.models import Delivery, PostVersion
from outreach.services import calls, health
from outreach.words import channel_of
from records.kinds import ADDRESS
from records.services import enter

logger = logging.getLogger(__name__)
State = Delivery.State
LONGEST_ERROR = 400


def published(delivery: Delivery, receipt: Receipt, *, fence: int, now: datetime) -> bool:
    """It stands out there: the receipt is kept, the register and the rooms above are told, once.

    A receipt is worth more than a lease: it is also taken when the row was given up meanwhile. False when
    somebody else has written a receipt first.
    """
    facts = {
        "remote_id": receipt.remote_id[:400],
        "remote_url": receipt.url[:500],
        "remote_uri": receipt.uri[:500],
        "published_at": now,
        "last_error": "",
    }
    with transaction.atomic():
        ours = claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.PUBLISHED, **facts)
        if not ours:
            given_up = Delivery.objects.filter(pk=delivery.pk, state__in=[State.DUE, State.UNKNOWN])
            ours = bool(given_up.update(state=State.PUBLISHED, lease_until=None, **facts))
        if not ours:
            logger.warning("A receipt came too late", extra={"delivery": delivery.pk})
            return False
        tell(delivery, now=now)
    health.worked(delivery.account, now=now)
    return True


def tell(delivery: Delivery, *, now: datetime) -> None:
    """A line of the register and an announcement: for each part, but for a newsletter once for each wording."""
    delivery.refresh_from_db()
    audit.write("post.sent", by=None, thing=f"delivery:{delivery.pk}", channel=delivery.account.channel)
    if channel_of(delivery.account).caps.one_by_one:
        first = PostVersion.objects.filter(pk=delivery.version_id, recorded_at__isnull=True)
        if not first.update(recorded_at=now):
            return
    sent = {"title": delivery.title, "text": delivery.text, "link": delivery.link}
    enter(
        "post_sent",
        agency=delivery.account.agency.slug,
        thing=f"post:{delivery.version.post_id}.{delivery.part}",
        channel=delivery.account.channel,
        language=delivery.language.lower(),
        sha256=approvals.canonical_sha256(sent),
        **_address(delivery),
    )
    announce(signals.post_sent, delivery=delivery)


def _address(delivery: Delivery) -> dict[str, str]:
    """Where everybody can see it, when its network said so in a form that the register takes."""
    address = delivery.remote_url
    return {"address": address} if ADDRESS.fullmatch(address) else {}


def failed(delivery: Delivery, error: OutsideError, *, fence: int, now: datetime) -> None:
    """A try that did not end well. Only a definite answer frees the row; an unknown one is looked up first."""
    words = str(error)[:LONGEST_ERROR]
    match error:
        case AuthExpired():
            health.broke(delivery.account, words, now=now, for_good=True)
            _again(delivery, fence, now + conf.BLOCKED, words)
        case RateLimited():
            calls.pause(delivery.account, error.until, words, now=now)
            _again(delivery, fence, error.until, words)
        case NotNow():
            _later(delivery, fence, error.until or now + conf.BLOCKED, words)
        case Unknown() if not error.sent:
            _later(delivery, fence, now + conf.BLOCKED * 2 ** min(delivery.attempts, 6), words)
        case Refused() | OutsideError(permanent=True):
            claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.REFUSED, last_error=words)
        case _:
            # It stays "being sent": when the lease is over, `settle.sweep` looks before anybody tries again.
            Delivery.objects.filter(pk=delivery.pk, fence=fence).update(last_error=words)


def give_back(delivery: Delivery, *, fence: int, until: datetime, words: str) -> None:
    """Nothing was tried: the row waits on, and the try does not count."""
    tries = max(delivery.attempts - 1, 0)
    claims.finish(
        Delivery, delivery.pk, fence=fence, to_state=State.DUE, due_at=until, last_error=words, attempts=tries
    )


def ask_a_person(delivery: Delivery, *, fence: int, words: str) -> None:
    """Nobody knows whether it stands there: two buttons wait at the desk."""
    claims.finish(
        Delivery, delivery.pk, fence=fence, to_state=State.UNKNOWN, last_error=words[:LONGEST_ERROR]
    )


def _later(delivery: Delivery, fence: int, until: datetime, words: str) -> None:
    if delivery.attempts >= conf.MOST_TRIES:
        claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.REFUSED, last_error=words)
        return
    _again(delivery, fence, until, words)


def _again(delivery: Delivery, fence: int, until: datetime, words: str) -> None:
    soonest = max(until, delivery.due_at + timedelta(seconds=1))
    claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.DUE, due_at=soonest, last_error=words)

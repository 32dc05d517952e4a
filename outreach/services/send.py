"""Sending: each delivery is taken by one worker, tried once, and its ending written down."""

import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from foundation import claims
from foundation.errors import OutsideError
from outreach import conf, words
from outreach.models import Delivery, Post
from outreach.services import calls, ending
from outreach.services.switches import last_look, why_stopped

logger = logging.getLogger(__name__)
State = Delivery.State


def send_due(now: datetime, *, limit: int = conf.BATCH) -> int:
    """Sends what is approved and whose time has come; gives how many stand out there now.

    Any number of workers may do this at once: a row is taken by exactly one.
    """
    begun = time.monotonic()
    send_back_late(now)
    ripen(now)
    sent = 0
    for pk in claims.pick(Delivery, now=now, limit=limit):
        passed = time.monotonic() - begun
        if passed > conf.AT_MOST_SECONDS:
            break
        sent += send_one(pk, now=now + timedelta(seconds=passed))
    return sent


def ripen(now: datetime) -> int:
    """Approved rows whose time has come are due; a later part only after the one before it is published."""
    before = Delivery.objects.published().filter(
        version=OuterRef("version"),
        account=OuterRef("account"),
        recipient_key=OuterRef("recipient_key"),
        part=OuterRef("part") - 1,
    )
    return Delivery.objects.ripe(now).filter(Q(part=1) | Exists(before)).update(state=State.DUE)


def send_back_late(now: datetime) -> int:
    """What is later than its limit does not go out by itself: the post needs a second person again."""
    late = Delivery.objects.filter(state__in=State.not_begun(), late_at__lte=now)
    posts = list(late.values_list("version__post", flat=True).distinct())
    for pk in posts:
        with transaction.atomic():
            post = Post.objects.select_for_update().get(pk=pk)
            held_back = Delivery.objects.filter(version__post=post, state__in=State.not_begun())
            held_back.filter(late_at__lte=now).update(
                state=State.DRAFT, approval=None, late_at=None, lease_until=None
            )
            if not Delivery.objects.under_way().filter(version__post=post).exists():
                note = _(
                    "It is too late to send this unread: please check the words and send it for approval."
                )
                Post.objects.filter(pk=pk).update(state=Post.State.DRAFT, note=note)
    return len(posts)


def send_one(pk: int, *, now: datetime) -> bool:
    """One try of one delivery; True when it stands out there now. The claim is committed before the call."""
    delivery = _whole(pk)
    waits_until = _blocked(delivery, now)
    if waits_until is not None:
        Delivery.objects.filter(pk=pk, state=State.DUE).update(due_at=waits_until)
        return False
    first = Coalesce(F("first_tried_at"), Value(now))
    lease = calls.lease_of(delivery.account)
    fence = claims.claim(Delivery, pk, now=now, lease=lease, first_tried_at=first)
    if fence is None:
        return False
    delivery = _whole(pk)
    if not _may_go(delivery, fence=fence, now=now):
        return False
    try:
        channel, attempt = words.channel_of(delivery.account), calls.attempt_of(delivery, now=now)
        receipt = channel.publish(calls.part_of(delivery), attempt)
    except OutsideError as error:
        ending.failed(delivery, error, fence=fence, now=now)
        return False
    except Exception:
        # Nobody knows how far it came: the row stays taken until its lease is over, then it is looked up.
        logger.exception("A channel broke", extra={"delivery": pk})
        return False
    return ending.published(delivery, receipt, fence=fence, now=now)


def _whole(pk: int) -> Delivery:
    return Delivery.objects.select_related(
        "account__agency", "version__post", "version__account", "approval", "reader"
    ).get(pk=pk)


def _blocked(delivery: Delivery, now: datetime) -> datetime | None:
    """Until when it cannot even be tried; None when it can."""
    account = delivery.account
    if account.is_paused(now):
        return account.paused_until
    if account.state != account.State.CONNECTED or why_stopped(account):
        return now + conf.BLOCKED
    return None


def _may_go(delivery: Delivery, *, fence: int, now: datetime) -> bool:
    """The last look before the call: the switch, the frozen words, and whether the reader is still there."""
    stopped = last_look(delivery.account)
    if stopped:
        ending.give_back(delivery, fence=fence, until=now + conf.BLOCKED, words=stopped)
        return False
    if delivery.recipient_key and delivery.reader is None:
        claims.finish(
            Delivery, delivery.pk, fence=fence, to_state=State.CANCELLED, last_error=_("Left the list.")
        )
        return False
    if not _as_approved(delivery):
        error = _("These are not the words that were approved.")
        claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.REFUSED, last_error=error)
        logger.error("Words differ from what was approved", extra={"delivery": delivery.pk})
        return False
    return True


def _as_approved(delivery: Delivery) -> bool:
    """The hash is computed again, over the words as they would go out now."""
    approval = delivery.approval
    if approval is None or approval.sha256 != words.sha256_of(delivery.version.post):
        return False
    return calls.part_of(delivery) in words.parts_of(delivery.version)

"""Settling what nobody knows: look first, try again only on proven absence, else a person decides."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit, claims
from foundation.errors import BadInput, NotAllowed, OutsideError, WrongState
from foundation.http import AuthExpired, RateLimited
from outreach import conf, words
from outreach.models import Delivery, Post
from outreach.permissions import can_see_posts
from outreach.services import calls, ending, health
from records.services import enter

logger = logging.getLogger(__name__)
State = Delivery.State
THERE, AGAIN = "there", "again"


def sweep(now: datetime) -> int:
    """Takes over deliveries whose worker did not come back; gives how many are settled now.

    Found out there: published. Surely absent: due again. Not to be told: a person is asked.
    """
    settled = 0
    for pk in claims.overdue_leases(Delivery, now=now):
        settled += _look(pk, now=now)
    return settled


def _look(pk: int, *, now: datetime) -> bool:
    delivery = Delivery.objects.select_related("account__agency", "version__post", "reader").get(pk=pk)
    account, channel = delivery.account, words.channel_of(delivery.account)
    if account.is_paused(now):
        return False
    fence = claims.claim(Delivery, pk, now=now, lease=calls.lease_of(account), from_state=State.ATTEMPTING)
    if fence is None:
        return False
    delivery.refresh_from_db(fields=["attempts", "fence", "lease_until"])
    if channel.caps.same_again:
        return _due_again(delivery, fence, now)
    if not channel.caps.can_find:
        ending.ask_a_person(delivery, fence=fence, words=_("This channel cannot be asked what stands there."))
        return True
    try:
        receipt = channel.find(calls.part_of(delivery), calls.attempt_of(delivery, now=now))
    except OutsideError as error:
        return _cannot_tell(delivery, error, fence=fence, now=now)
    except Exception:
        logger.exception("A channel broke while looking", extra={"delivery": pk})
        return False
    if receipt is not None:
        return ending.published(delivery, receipt, fence=fence, now=now)
    return _due_again(delivery, fence, now)


def _due_again(delivery: Delivery, fence: int, now: datetime) -> bool:
    if delivery.attempts >= conf.MOST_TRIES:
        ending.ask_a_person(delivery, fence=fence, words=_("It was tried many times and never arrived."))
        return True
    return claims.finish(Delivery, delivery.pk, fence=fence, to_state=State.DUE, due_at=now)


def _cannot_tell(delivery: Delivery, error: OutsideError, *, fence: int, now: datetime) -> bool:
    """The look failed too. It is looked for again when this lease is over; after many times a person is asked."""
    if isinstance(error, AuthExpired):
        health.broke(delivery.account, str(error), now=now, for_good=True)
    if isinstance(error, RateLimited):
        calls.pause(delivery.account, error.until, str(error), now=now)
    if isinstance(error, AuthExpired) or delivery.attempts >= conf.MOST_TRIES:
        ending.ask_a_person(delivery, fence=fence, words=str(error))
        return True
    Delivery.objects.filter(pk=delivery.pk, fence=fence).update(last_error=str(error)[: ending.LONGEST_ERROR])
    return False


def settle_unknown(delivery: Delivery, *, by: Person, verdict: str, now: datetime, url: str = "") -> Delivery:
    """A person looked: `there` (perhaps with its address) or `again`. Raises NotAllowed, BadInput or WrongState."""
    if not can_see_posts(by, delivery.account.agency_id):
        raise NotAllowed(_("Only press officers and approvers of the agency decide this."))
    if verdict not in (THERE, AGAIN):
        raise BadInput(_("Say whether it is there, or whether to send it again."))
    with transaction.atomic():
        unknown = Delivery.objects.filter(pk=delivery.pk, state=State.UNKNOWN)
        facts = {"settled_by": by.pk, "lease_until": None, "last_error": ""}
        if verdict == THERE:
            done = unknown.update(state=State.PUBLISHED, published_at=now, remote_url=url[:500], **facts)
        else:
            done = unknown.update(state=State.DUE, due_at=now, attempts=0, first_tried_at=now, **facts)
        if not done:
            raise WrongState(_("This was settled meanwhile."))
        audit.write("delivery.settled", by=by.pk, thing=f"delivery:{delivery.pk}", verdict=verdict)
        row = Delivery.objects.select_related("account__agency", "version").get(pk=delivery.pk)
        if verdict == THERE:
            ending.tell(row, now=now)
    return row


def settle_letters(post: Post, *, by: Person, verdict: str, now: datetime) -> int:
    """A person decides about all letters of a post of which nobody knows, in one act: they arrived (`there`), or go
    `again`. Gives how many. Raises NotAllowed, BadInput or WrongState.
    """
    if not can_see_posts(by, post.agency_id):
        raise NotAllowed(_("Only press officers and approvers of the agency decide this."))
    if verdict not in (THERE, AGAIN):
        raise BadInput(_("Say whether they arrived, or whether to send them again."))
    with transaction.atomic():
        unknown = Delivery.objects.filter(version__post=post, state=State.UNKNOWN).exclude(recipient_key="")
        first = list(
            unknown.order_by().values("version").annotate(pk_=Min("pk")).values_list("pk_", flat=True)
        )
        facts = {"settled_by": by.pk, "lease_until": None, "last_error": ""}
        if verdict == THERE:
            done = unknown.update(state=State.PUBLISHED, published_at=now, **facts)
        else:
            done = unknown.update(state=State.DUE, due_at=now, attempts=0, first_tried_at=now, **facts)
        if not done:
            raise WrongState(_("This was settled meanwhile."))
        audit.write("letters.settled", by=by.pk, thing=f"post:{post.pk}", verdict=verdict, number=done)
        if verdict == THERE:
            for row in Delivery.objects.select_related("account__agency", "version").filter(pk__in=first):
                ending.tell(row, now=now)
    return done


def withdraw(delivery: Delivery, *, by: Person, reason: str, now: datetime) -> Delivery:
    """Takes a published post back from its network, and says so in the register, with one of `Delivery.Reason`.

    Raises NotAllowed, BadInput, WrongState, or what the network answered: then it still stands.
    """
    row = Delivery.objects.select_related("account__agency", "version").get(pk=delivery.pk)
    if not can_see_posts(by, row.account.agency_id):
        raise NotAllowed(_("Only press officers and approvers of the agency take a post back."))
    if reason not in Delivery.Reason.values:
        raise BadInput(_("Say why it is taken back: everybody will read it."))
    channel = words.channel_of(row.account)
    if row.state != State.PUBLISHED or not channel.caps.can_delete:
        raise WrongState(_("This cannot be taken back."))
    channel.delete(calls.receipt_of(row), calls.account_of(row.account))
    with transaction.atomic():
        if not Delivery.objects.filter(pk=row.pk, state=State.PUBLISHED).update(
            state=State.WITHDRAWN, withdrawn_at=now, withdrawn_reason=reason
        ):
            raise WrongState(_("This was taken back already."))
        audit.write("post.withdrawn", by=by.pk, thing=f"delivery:{row.pk}", reason=reason)
        enter(
            "post_withdrawn",
            agency=row.account.agency.slug,
            thing=f"post:{row.version.post_id}.{row.part}",
            channel=row.account.channel,
            reason=reason,
        )
    row.refresh_from_db()
    return row

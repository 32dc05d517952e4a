"""From rows to the plain data that channels speak, and back: the only place where a token is opened."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from outreach import conf, tokens
from outreach.channels.base import Account, Attempt, Part, Receipt
from outreach.models import ChannelAccount, Delivery
from outreach.words import channel_of


def account_of(row: ChannelAccount) -> Account:
    """The account as its channel needs it. Raises AuthExpired when the token cannot be opened."""
    return Account(
        key=row.channel,
        base_url=row.base_url or settings.PUBLIC_URL,
        name=row.name,
        token=tokens.unseal(row.sealed_token),
    )


def part_of(delivery: Delivery) -> Part:
    """The frozen words of a delivery."""
    return Part(
        text=delivery.text,
        language=delivery.language,
        number=delivery.part,
        of=delivery.of,
        title=delivery.title,
        link=delivery.link,
    )


def attempt_of(delivery: Delivery, *, now: datetime) -> Attempt:
    """One try, under the keys that were frozen with the words."""
    reader = delivery.reader
    leave = settings.PUBLIC_URL + reverse("outreach:leave", args=[reader.code]) if reader else ""
    return Attempt(
        account=account_of(delivery.account),
        idempotency_key=str(delivery.idempotency_key),
        record_key=delivery.record_key,
        since=delivery.first_tried_at or now,
        now=now,
        previous=_previous(delivery),
        taken=_taken(delivery, now),
        recipient=reader.address if reader else "",
        leave_url=leave,
    )


def receipt_of(delivery: Delivery) -> Receipt:
    """What the network gave us for it."""
    return Receipt(remote_id=delivery.remote_id, url=delivery.remote_url, uri=delivery.remote_uri)


def pause(row: ChannelAccount, until: datetime | None, words: str, *, now: datetime) -> None:
    """The network asked us to wait; nobody sleeps, the rows wait."""
    shorter = Q(paused_until__isnull=True) | Q(paused_until__lt=until)
    waiting = ChannelAccount.objects.filter(shorter, pk=row.pk)
    waiting.update(paused_until=until, last_error=words[:400], last_error_at=now)


def lease_of(row: ChannelAccount) -> timedelta:
    """How long a call on this account may take."""
    return conf.LETTER_LEASE if channel_of(row).caps.one_by_one else conf.LEASE


def _previous(delivery: Delivery) -> Receipt | None:
    if delivery.part == 1:
        return None
    before = Delivery.objects.published().filter(
        version_id=delivery.version_id,
        account_id=delivery.account_id,
        recipient_key=delivery.recipient_key,
        part=delivery.part - 1,
    )
    found = before.first()
    return receipt_of(found) if found else None


def _taken(delivery: Delivery, now: datetime) -> frozenset[str]:
    """Remote ids that stand for other deliveries already, back to an hour before this one was first tried."""
    others = Delivery.objects.filter(
        account_id=delivery.account_id, published_at__gt=(delivery.first_tried_at or now) - timedelta(hours=1)
    )
    return frozenset(others.exclude(pk=delivery.pk).exclude(remote_id="").values_list("remote_id", flat=True))

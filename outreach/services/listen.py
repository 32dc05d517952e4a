"""Listening: public replies to our posts come back into the hall, once each, and go when their original goes."""

import logging
import time
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from consultations.models import Contribution
from consultations.services import Saying, Terms, remove, submit
from foundation.errors import OutsideError
from foundation.http import AuthExpired, RateLimited
from foundation.locks import only_one
from outreach import conf
from outreach.channels.base import Reply
from outreach.models import ChannelAccount, Delivery, Heard
from outreach.services import calls, health
from outreach.words import channel_of

logger = logging.getLogger(__name__)
SOCIAL = "social"
GONE = "gone_at_origin"


def listen(now: datetime) -> int:
    """Hears what was answered on every account that can listen; gives how many replies came in new."""
    heard = 0
    for account in ChannelAccount.objects.usable(now).select_related("agency"):
        if not channel_of(account).caps.can_listen:
            continue
        with only_one(f"outreach.listen:{account.pk}", now=now, ttl=timedelta(minutes=10)) as ours:
            if ours:
                heard += _listen_on(account, now=now)
    return heard


def _listen_on(account: ChannelAccount, *, now: datetime) -> int:
    """One look on one account. What fails there is written on the account and stops no other."""
    try:
        heard = _hear_new(account, now=now)
        forget_gone(account, now=now)
    except OutsideError as error:
        if isinstance(error, AuthExpired):
            health.broke(account, str(error), now=now, for_good=True)
        elif isinstance(error, RateLimited):
            calls.pause(account, error.until, str(error), now=now)
        else:
            health.broke(account, str(error), now=now)
        return 0
    ChannelAccount.objects.filter(pk=account.pk).update(heard_at=now)
    return heard


def _hear_new(account: ChannelAccount, *, now: datetime) -> int:
    watched = list(
        Delivery.objects.published()
        .filter(
            account=account,
            published_at__gt=now - conf.WATCHED_FOR,
            version__post__consultation__isnull=False,
        )
        .exclude(remote_id="")
        .select_related("version__post__consultation")
        .order_by(F("watched_at").asc(nulls_first=True), "pk")[: conf.WATCHED_AT_ONCE]
    )
    if not watched:
        return 0
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in watched]).update(watched_at=now)
    page = channel_of(account).replies(
        calls.account_of(account), account.cursor, [calls.receipt_of(delivery) for delivery in watched]
    )
    below = {delivery.remote_id: delivery for delivery in watched}
    heard = sum(
        hear(below[reply.watched], reply, now=now) for reply in page.replies if reply.watched in below
    )
    ChannelAccount.objects.filter(pk=account.pk).update(cursor=page.cursor)
    return heard


def hear(delivery: Delivery, reply: Reply, *, now: datetime) -> bool:
    """Takes one reply in as a contribution that waits for a moderator; False when it was heard before."""
    if Heard.objects.filter(external_id=reply.external_id).exists():
        return False
    consultation = delivery.version.post.consultation
    if consultation is None:
        return False
    saying = Saying(text=reply.text, kind=Contribution.Kind.HEARD, external_id=reply.external_id)
    language = (reply.language or delivery.language)[:10]
    try:
        with transaction.atomic():
            came = submit(
                consultation,
                sayings=[saying],
                person=None,
                now=now,
                terms=Terms(language=language, may_publish=True),
                channel=SOCIAL,
                source=delivery.account.channel,
            )
            Heard.objects.create(
                delivery=delivery,
                account_id=delivery.account_id,
                contribution=came.response.contributions.get(),
                external_id=reply.external_id,
                remote_id=reply.remote_id[:400],
                uri=reply.uri[:500],
                url=reply.url[:500],
                said_at=reply.at,
                seen_at=now,
                checked_at=now,
            )
    except IntegrityError:
        return False
    return True


def forget_gone(account: ChannelAccount, *, now: datetime) -> int:
    """Asks whether what was heard still stands at its origin; what is gone there goes here too, words and address."""
    still = Heard.objects.filter(account=account, gone_at__isnull=True).select_related("contribution")
    channel, ours = channel_of(account), calls.account_of(account)
    gone, begun = 0, time.monotonic()
    for heard in still.order_by("checked_at", "pk")[: conf.CHECKED_AT_ONCE]:
        if time.monotonic() - begun > conf.AT_MOST_SECONDS:
            break
        Heard.objects.filter(pk=heard.pk).update(checked_at=now)
        if channel.is_gone(ours, remote_id=heard.remote_id, uri=heard.uri):
            gone += _forget(heard, now=now)
    return gone


def _forget(heard: Heard, *, now: datetime) -> bool:
    with transaction.atomic():
        standing = Heard.objects.filter(pk=heard.pk, gone_at__isnull=True)
        if not standing.update(gone_at=now, url="", uri="", remote_id=""):
            return False
        remove(heard.contribution, reason=GONE, by=None, now=now)
    return True

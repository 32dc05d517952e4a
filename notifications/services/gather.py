"""Gathering: letters that need not come at once wait for a digest, and each of them is asked again when it goes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localtime

from notifications import conf
from notifications.groups import DIGEST
from notifications.letters import letters
from notifications.letters.base import Due
from notifications.models import Letter, Preference
from notifications.queries import sent_this_week, wishes_of
from notifications.services.put import row_of

State, Pace = Letter.State, Preference.Pace


def is_gathered(letter: Letter, wishes: Preference, now: datetime) -> bool:
    """Does this letter wait for a digest: because one asked for it, or had enough letters this week?

    Codes, receipts, duties and the digest itself never do.
    """
    occasion = letters[letter.occasion]
    if not occasion.may_be_left or occasion.group == DIGEST or letter.person_id is None:
        return False
    return wishes.pace != Pace.AT_ONCE or sent_this_week(letter.person_id, now) >= conf.letters_a_week()


def put_digests(now: datetime) -> int:
    """Puts down a digest for each person whose letters have waited long enough; says how many. For the clock."""
    waiting = Letter.objects.filter(state=State.GATHERED, digest=None, person__isnull=False).order_by()
    oldest = waiting.values_list("person").annotate(since=Min("created_at"))
    return sum(_put(person, since, now) for person, since in list(oldest))


def next_time(since: datetime, pace: str) -> datetime:
    """When a letter that waits since then goes out: the next morning, or the next Monday morning."""
    here = localtime(since)
    then = here.replace(hour=conf.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if then <= here:
        then += timedelta(days=1)
    if pace == Pace.WEEKLY:
        then += timedelta(days=-then.weekday() % 7)
    return then


def _put(person: int, since: datetime, now: datetime) -> bool:
    """One digest with what waits now; False when it is not time, or another worker was faster."""
    wishes = wishes_of(person)
    if wishes.pace == Pace.AT_ONCE:
        if sent_this_week(person, now) >= conf.letters_a_week():
            return False
    elif now < next_time(since, wishes.pace):
        return False
    with transaction.atomic():
        waiting = Letter.objects.filter(state=State.GATHERED, digest=None, person_id=person).order_by("pk")
        some = list(waiting.values_list("pk", "language")[: conf.MOST_IN_DIGEST])
        if not some:
            return False
        due = Due(thing=f"digest:{some[0][0]}", person=person, language=wishes.language or some[-1][1])
        row, new = Letter.objects.get_or_create(
            occasion=DIGEST, thing=due.thing, person_id=person, defaults=row_of(DIGEST, due, now)
        )
        if new:
            waiting.filter(pk__in=[key for key, _language in some]).update(digest=row)
        return new


def let_go(digest: Letter, *, sent: Sequence[int] = (), now: datetime) -> None:
    """Ends what was gathered in a digest: sent with it, or no longer to be said."""
    waiting = Letter.objects.filter(digest=digest, state=State.GATHERED)
    waiting.filter(pk__in=sent).update(state=State.SENT, sent_at=now)
    Letter.objects.filter(digest=digest, state=State.GATHERED).update(
        state=State.CANCELLED, last_error="nothing_to_say"
    )

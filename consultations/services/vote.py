"""Voting: one person, one vote, in the database; counts come from one job, never from the request."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Person
from consultations.models import Consultation, Contribution, Participant, RollUp, Vote, VoteEvent
from consultations.permissions import is_votable, may_take_part
from consultations.services.say import join
from foundation import audit, clock
from foundation.errors import NotAllowed, WrongState
from foundation.locks import only_one

ROLL_UP = "votes"


@dataclass(frozen=True)
class Cast:
    """What came of a vote: where the person stands now, and whether this request had been counted before."""

    value: int
    repeated: bool = False


def cast(
    contribution: Contribution,
    *,
    person: Person,
    value: int,
    request_key: uuid.UUID | None = None,
    now: datetime,
) -> Cast:
    """Supports a contribution, or takes the support back. The same request twice counts once.

    Raises NotAllowed for members of the asking agency and authors, WrongState when it is not open for votes.
    """
    if value not in VoteEvent.Value.values:
        raise NotAllowed(_("A vote is support or nothing."))
    if not may_take_part(person, contribution.consultation):
        raise NotAllowed(_("You work for the agency that asks, so you cannot vote here."))
    with transaction.atomic():
        row = Contribution.objects.select_related("consultation", "question__phase", "participant").get(
            pk=contribution.pk
        )
        if not is_votable(row, clock.database_now()):
            raise WrongState(_("This is not open for support now."))
        if row.participant.person_id == person.pk:
            raise NotAllowed(_("These are your own words; they count already."))
        voter = join(row.consultation, person=person, now=now, language=person.language or row.language)
        if request_key is not None and VoteEvent.objects.filter(request_key=request_key).exists():
            return _counted(row, voter)
        try:
            with transaction.atomic():
                if not _stand(row, voter, value):
                    return Cast(value, repeated=True)
                VoteEvent.objects.create(
                    contribution=row, participant=voter, value=value, request_key=request_key or uuid.uuid4()
                )
        except IntegrityError:
            return _counted(row, voter)
        audit.write("vote.cast", by=None, thing=f"contribution:{row.pk}")
    return Cast(value)


def _stand(contribution: Contribution, voter: Participant, value: int) -> bool:
    """Writes the current row; False when the person stood there already."""
    _vote, new = Vote.objects.get_or_create(
        contribution=contribution, participant=voter, defaults={"value": value}
    )
    if new:
        return value == VoteEvent.Value.SUPPORT
    changed = (
        Vote.objects.filter(contribution=contribution, participant=voter)
        .exclude(value=value)
        .update(value=value)
    )
    return bool(changed)


def _counted(contribution: Contribution, voter: Participant) -> Cast:
    vote = Vote.objects.filter(contribution=contribution, participant=voter).first()
    return Cast(vote.value if vote else 0, repeated=True)


def roll_up(now: datetime) -> int:
    """Brings shown counts up to date from the votes that came since the last look; gives how many were renewed.

    One job at a time. On PostgreSQL the watermark is `pg_snapshot_xmin`: an event that commits late is never
    passed over (a watermark on ids lost 17.5 % when it was measured).
    """
    with only_one("consultations.roll_up", now=now, ttl=timedelta(seconds=60)) as mine:
        if not mine:
            return 0
        with transaction.atomic():
            job, _new = RollUp.objects.select_for_update().get_or_create(name=ROLL_UP)
            upper = _watermark()
            touched = _touched(job.watermark, upper)
            recount(touched, now)
            RollUp.objects.filter(pk=job.pk).update(watermark=upper, as_of=now)
    return len(touched)


def _watermark() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            return int(cursor.fetchone()[0])
    return VoteEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _touched(lower: int, upper: int) -> list[int]:
    events = VoteEvent.objects.all()
    if connection.vendor == "postgresql":
        events = events.filter(xid__gte=lower, xid__lt=upper)
    else:
        events = events.filter(pk__gt=lower, pk__lte=upper)
    return list(events.values_list("contribution_id", flat=True).distinct())


def recount(keys: list[int], now: datetime) -> None:
    """Sets the support of these contributions from their vote rows."""
    supports = Vote.objects.filter(contribution=OuterRef("pk"), value=VoteEvent.Value.SUPPORT).order_by()
    counted = supports.values("contribution").annotate(n=Count("pk")).values("n")
    for start in range(0, len(keys), 500):
        Contribution.objects.filter(pk__in=keys[start : start + 500]).update(
            support_count=Coalesce(Subquery(counted), 0), counted_at=now
        )


def count_voices(now: datetime) -> None:
    """Renews how many took part and answered, and how many comments stand below each contribution."""
    for row in Consultation.objects.standing():
        row_counts = {
            "participant_count": row.participants.filter(Q(responses__state="submitted") | Q(votes__value=1))
            .distinct()
            .count(),
            "response_count": row.responses.filter(state="submitted").count(),
        }
        Consultation.objects.filter(pk=row.pk).update(**row_counts, counted_at=now)
    _count_comments()


def _count_comments() -> None:
    """Brings the number of published comments below each contribution up to date; only what changed is written."""
    published = Contribution.objects.filter(parent__isnull=False, state=Contribution.State.PUBLISHED)
    below = dict(published.order_by().values_list("parent").annotate(n=Count("pk")))
    known = dict(Contribution.objects.filter(comment_count__gt=0).values_list("pk", "comment_count"))
    changed: dict[int, list[int]] = defaultdict(list)
    for key in below.keys() | known.keys():
        if below.get(key, 0) != known.get(key, 0):
            changed[below.get(key, 0)].append(key)
    for number, keys in changed.items():
        for start in range(0, len(keys), 500):
            Contribution.objects.filter(pk__in=keys[start : start + 500]).update(comment_count=number)

"""Reads for the pages of the centre: numbers with their moment, news, topics."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from cms.models import NewsIndexPage, NewsPage
from consultations.models import Consultation, Topic
from consultations.models.subjects import late
from foundation import clock
from foundation.prepared import figures, prepared


@dataclass(frozen=True)
class Numbers:
    """How it stands: open now, how often people took part, answers by the promised day of all that were due."""

    open: int
    taken_part: int
    kept: int
    due: int
    late_now: int
    as_of: datetime


def numbers(now: datetime) -> Numbers:
    """All of them in one query. `as_of` is the moment of the oldest count among them."""
    found = _figures(now, clock.day(now))[0]
    return Numbers(
        open=found["open"],
        taken_part=found["taken_part"] or 0,
        kept=found["kept"],
        due=found["answered"] + found["late"],
        late_now=found["late"],
        as_of=found["counted"] or now,
    )


@prepared
def _figures(now: datetime, today: date) -> "QuerySet[Consultation, dict[str, Any]]":
    answered = Q(answered_at__isnull=False)
    return figures(
        Consultation.objects.standing(),
        open=Count("pk", filter=Q(opens_at__lte=now, closes_at__gt=now)),
        taken_part=Sum("participant_count"),
        kept=Count("pk", filter=answered & Q(answered_at__date__lte=F("answer_due_on"))),
        answered=Count("pk", filter=answered),
        late=Count("pk", filter=late(now, today)),
        counted=Min("counted_at"),
    )


def news_below(page: NewsIndexPage) -> "QuerySet[NewsPage]":
    """Released news below an index, the newest first."""
    return NewsPage.objects.live().child_of(page).order_by("-day", "-pk")


def topics(now: datetime) -> "QuerySet[Topic]":
    """Topics that something public is about, each with how much of it is `open` and how much there is in `all`."""
    standing = Q(about__consultation__withdrawn_at__isnull=True)
    is_open = standing & Q(about__consultation__opens_at__lte=now, about__consultation__closes_at__gt=now)
    counted = Topic.objects.annotate(all=Count("about", filter=standing), open=Count("about", filter=is_open))
    return counted.filter(all__gt=0).prefetch_related("titles")

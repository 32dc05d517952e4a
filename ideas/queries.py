"""What the room reads: lists of ideas, questions that ask for them, where a reader stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from taggit.models import Tag

from consultations.models import Consultation, Contribution, Question, Vote, VoteEvent

Kind = Contribution.Kind
State = Contribution.State


def ideas(
    now: datetime, *, consultation: Consultation | None = None, tag: str = ""
) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, with what a row of a list shows; no order yet."""
    found = Contribution.objects.visible(now).filter(kind=Kind.IDEA)
    if consultation is not None:
        found = found.filter(consultation=consultation)
    if tag:
        found = found.filter(idea__tags__slug=tag)
    return found.select_related(
        "idea", "participant", "consultation__agency", "question__phase"
    ).prefetch_related("idea__tags", "imported_counts")  # type: ignore[misc]


def newest(
    now: datetime, *, consultation: Consultation | None = None, tag: str = ""
) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, the last published first."""
    return ideas(now, consultation=consultation, tag=tag).order_by("-published_at", "-pk")


def most_supported(
    now: datetime, *, consultation: Consultation | None = None, tag: str = ""
) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, by the support that was counted last; imported counts do not count here."""
    return ideas(now, consultation=consultation, tag=tag).order_by("-support_count", "-published_at", "-pk")


def asking(now: datetime) -> "QuerySet[Question]":
    """Questions that ask for ideas now, the one that closes first in front."""
    return (
        Question.objects.filter(
            instrument="ideas",
            retired_at__isnull=True,
            phase__retired_at__isnull=True,
            phase__opens_at__lte=now,
            phase__closes_at__gt=now,
            consultation__in=Consultation.objects.open(now),
        )
        .select_related("consultation__agency", "phase")
        .order_by("phase__closes_at", "pk")
    )


def consultations_with_ideas(now: datetime) -> "QuerySet[Consultation]":
    """Consultations that hold an idea which everybody can read."""
    shown = Contribution.objects.visible(now).filter(kind=Kind.IDEA)
    return Consultation.objects.filter(pk__in=shown.values("consultation")).order_by("title")


def tags_in_use(now: datetime, limit: int = 40) -> "QuerySet[Tag]":
    """Tags of ideas that everybody can read, the most used first."""
    shown = Contribution.objects.visible(now).filter(kind=Kind.IDEA)
    on_shown = Q(ideas_taggedidea_items__content_object__contribution__in=shown)
    return (
        Tag.objects.annotate(n=Count("ideas_taggedidea_items", filter=on_shown))
        .filter(n__gt=0)
        .order_by("-n", "name")[:limit]
    )


def supported_by(person: Any, keys: Iterable[int]) -> set[int]:
    """Which of these contributions this person supports now."""
    if not getattr(person, "is_authenticated", False):
        return set()
    mine = Vote.objects.filter(
        participant__person=person, contribution__in=list(keys), value=VoteEvent.Value.SUPPORT
    )
    return set(mine.values_list("contribution_id", flat=True))


def said_by(person: Any, limit: int = 8) -> "QuerySet[Contribution]":
    """A person's own ideas and comments, the newest first, whatever became of them."""
    mine = Contribution.objects.filter(participant__person=person, kind__in=[Kind.IDEA, Kind.COMMENT])
    return mine.select_related("idea", "consultation").order_by("-received_at", "-pk")[:limit]

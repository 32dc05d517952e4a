"""What the room reads: lists of ideas, questions that ask for them, where a reader stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import shake_128
from struct import Struct
from typing import Any

from django.db.models import Count, Q, QuerySet
from taggit.models import Tag

from consultations.models import Consultation, Contribution, Question, Vote, VoteEvent
from consultations.queries import specs_for
from foundation.prepared import prepared
from ideas.models import Follow, Idea
from ideas.threads import DEEPEST

TOGETHER = 256
"""So many neighbouring keys draw their lots at one go."""
LOTS = Struct(f"<{TOGETHER}Q")
Kind = Contribution.Kind
State = Contribution.State


@dataclass(frozen=True)
class Narrow:
    """Which ideas: of a consultation, with a tag, in a category, of a status; empty is any."""

    consultation: Consultation | None = None
    tag: str = ""
    category: str = ""
    status: str = ""


def ideas(now: datetime, narrow: Narrow = Narrow()) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, with what a row of a list shows; no order yet."""
    found = shown(now, narrow).select_related(
        "idea", "participant", "consultation__agency", "question__phase"
    )
    return found.prefetch_related("imported_counts")


def shown(now: datetime, narrow: Narrow = Narrow()) -> "QuerySet[Contribution]":
    """The same, bare."""
    found = Contribution.objects.visible(now).filter(kind=Kind.IDEA)
    if narrow.consultation is not None:
        found = found.filter(consultation=narrow.consultation)
    if narrow.tag:
        found = found.filter(idea__tags__slug=narrow.tag)
    if narrow.category:
        found = found.filter(idea__category=narrow.category)
    return found.filter(idea__status=narrow.status) if narrow.status else found


def newest(now: datetime, narrow: Narrow = Narrow()) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, the last published first."""
    return ideas(now, narrow).order_by("-published_at", "-pk")


def most_supported(now: datetime, narrow: Narrow = Narrow()) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, by the support that was counted last; imported counts do not count here."""
    return ideas(now, narrow).order_by("-support_count", "-published_at", "-pk")


def most_discussed(now: datetime, narrow: Narrow = Narrow()) -> "QuerySet[Contribution]":
    """Ideas that everybody can read, by the comments right below them that were counted last."""
    return ideas(now, narrow).order_by("-comment_count", "-published_at", "-pk")


def drawn(now: datetime, narrow: Narrow, seed: int) -> list[int]:
    """Keys of the ideas in an order drawn by lot: the same for the same seed, each place as likely for each idea.

    An idea that comes in meanwhile takes its own place; the others stay one after another as they were.
    """
    bare = (narrow.consultation.pk if narrow.consultation else 0, narrow.tag, narrow.category, narrow.status)
    keys = _keys_shown(now, *bare)
    lots = {
        block: LOTS.unpack(shake_128(f"{seed}:{block}".encode()).digest(LOTS.size))
        for block in {key // TOGETHER for key in keys}
    }
    return sorted(keys, key=lambda key: lots[key // TOGETHER][key % TOGETHER])


@prepared
def _keys_shown(
    now: datetime, consultation: int, tag: str, category: str, status: str
) -> "QuerySet[Contribution, int]":
    narrow = Narrow(tag=tag, category=category, status=status)
    found = shown(now, narrow)
    if consultation:
        found = found.filter(consultation=consultation)
    return found.values_list("pk", flat=True)


def in_order_of(keys: "Sequence[int]", now: datetime) -> list[Contribution]:
    """The ideas of these keys, in this order."""
    found = {contribution.pk: contribution for contribution in _ideas_of(keys, now)}
    return [found[key] for key in keys if key in found]


@prepared
def _ideas_of(keys: "Sequence[int]", now: datetime) -> "QuerySet[Contribution]":
    return ideas(now).filter(pk__in=keys)


def open_categories(question: Question) -> list[str]:
    """Ids of the categories among which one may choose now."""
    return [each["id"] for each in question.settings.get("options", []) if not each["retired"]]


def categories(consultation: Consultation, language: str) -> dict[str, str]:
    """Categories of ideas of a consultation, also those that are no longer offered, in this language; two queries."""
    found: dict[str, str] = {}
    for question, spec in specs_for(consultation, language, retired=True):
        if question.instrument == "ideas":
            labels = spec.words.get("options", {})
            found |= {each["id"]: labels.get(each["id"], "") for each in question.settings.get("options", [])}
    return {key: label for key, label in found.items() if label}


def follows(person: Any, idea: Idea) -> bool:
    """Does this person follow it?"""
    return Follow.objects.filter(person=person, idea=idea).exists()


def followed_by(person: Any, now: datetime, limit: int = 8) -> "QuerySet[Contribution]":
    """Ideas that somebody follows and everybody can read, the last followed first."""
    mine = Contribution.objects.visible(now).filter(idea__follows__person=person)
    return mine.select_related("idea", "consultation").order_by("-idea__follows__since", "-pk")[:limit]


def idea_above(comment: Contribution) -> Idea | None:
    """The idea below which a comment stands, also when it answers another comment."""
    above, steps = comment.parent, 0
    while above is not None and above.kind == Contribution.Kind.COMMENT and steps < DEEPEST:
        above, steps = above.parent, steps + 1
    found: Idea | None = getattr(above, "idea", None) if above is not None else None
    return found


def followers(idea: Idea) -> "QuerySet[Follow]":
    """Who follows it: for letters to them alone, never for a screen."""
    return Follow.objects.filter(idea=idea).select_related("person")


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

"""Facets: how many hits each narrowing would leave, under the other filters that are on.

Kind, agency and language stand beside an entry. Topic and state are asked of its consultation at this moment, so a
consultation that closes needs no new index.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from consultations.models.topics import About, Topic
from search.engines import Cell, SearchRequest

FACETS = ("kind", "agency", "topic", "language", "state")
STATES: dict[str, str | Promise] = {
    "open": _("Open"),
    "upcoming": _("Opening later"),
    "closed": _("Being weighed"),
    "answered": _("Answered"),
}


@dataclass(frozen=True)
class Subject:
    """What a consultation says about everything that belongs to it."""

    state: str
    topics: frozenset[str] = frozenset()


def topics(language: str) -> dict[str, str]:
    """The topics by their slugs, named for a reader of this language; in two queries."""
    return {topic.slug: topic.title_in(language) for topic in Topic.objects.prefetch_related("titles")}


def within(topic: str, state: str, now: datetime) -> "QuerySet[Consultation] | None":
    """The consultations with this topic in this state; None where neither is asked for."""
    if not topic and not state:
        return None
    standing = Consultation.objects.standing()
    found = {
        "": standing,
        "open": Consultation.objects.open(now),
        "upcoming": Consultation.objects.upcoming(now),
        "closed": Consultation.objects.closed(now).filter(answered_at__isnull=True),
        "answered": Consultation.objects.closed(now).filter(answered_at__isnull=False),
    }.get(state, standing.none())
    return found.filter(topics__slug=topic) if topic else found


def subjects(keys: Collection[int], now: datetime) -> dict[int, Subject]:
    """What is to be known of these consultations, in two queries."""
    if not keys:
        return {}
    topics: dict[int, set[str]] = defaultdict(set)
    for key, slug in About.objects.filter(consultation__in=keys).values_list(
        "consultation_id", "topic__slug"
    ):
        topics[key].add(slug)
    rows = Consultation.objects.filter(pk__in=keys).only(
        "opens_at", "closes_at", "answered_at", "withdrawn_at", "answer_due_on"
    )
    return {row.pk: Subject(_state(row, now), frozenset(topics[row.pk])) for row in rows}


def count(
    cells: Mapping[Cell, int], asked: SearchRequest, known: Mapping[int, Subject]
) -> dict[str, dict[str, int]]:
    """For each facet its values with what they would leave, the largest first."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    chosen = {facet: getattr(asked, facet) for facet in FACETS}
    for cell, number in cells.items():
        values = _values(cell, known)
        fits = {facet: not chosen[facet] or chosen[facet] in values[facet] for facet in FACETS}
        for facet in FACETS:
            if all(fits[other] for other in FACETS if other != facet):
                for value in values[facet]:
                    found[facet][value] += number
    return {facet: _ordered(counts.items()) for facet, counts in found.items()}


def _values(cell: Cell, known: Mapping[int, Subject]) -> dict[str, Collection[str]]:
    subject = known.get(cell.consultation) if cell.consultation is not None else None
    return {
        "kind": (cell.kind,),
        "agency": (cell.agency,) if cell.agency else (),
        "topic": subject.topics if subject else (),
        "language": (cell.language,),
        "state": (subject.state,) if subject and subject.state in STATES else (),
    }


def _state(row: Consultation, now: datetime) -> str:
    state = row.state(now)
    return "closed" if state == "overdue" else state


def _ordered(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts, key=lambda item: (-item[1], item[0])))

"""Which ideas are like one that is being typed: over a column of plain words, the same on both databases.

The rarest words of the text find candidates (any of them); candidates are ranked by how much of the text they
share, a rare word weighing more. Every step is bounded, so a long text or a large consultation costs no more.
"""

import math
from collections.abc import Iterable

from django.db.models import Count, Q

from consultations.models import Consultation, Contribution
from foundation import clock, normalise
from ideas.models import Idea

MOST_WORDS = 16
RAREST = 5
MOST_CANDIDATES = 200
ALIKE = 0.2
"""Of the weight of the typed words, how much another idea must share to be shown."""


def words(text: str, language: str) -> list[str]:
    """The words of a text that carry its subject, in their plainest form, in order: for comparing alone."""
    found = normalise.words(text)
    carrying = [word.folded for word in found if not normalise.is_stop(word.folded, language)]
    return [term for word in carrying if (term := normalise.stem(word, language))]


def normal(text: str, language: str) -> str:
    """What the shadow column holds: plain words, each once, between spaces."""
    found = list(dict.fromkeys(words(text, language)))
    return f" {' '.join(found)} " if found else ""


def similar(text: str, consultation: Consultation, language: str = "en", limit: int = 5) -> list[Idea]:
    """Up to `limit` ideas of this consultation that everybody can read and that are like the text, closest first.

    Two queries, whatever the text; an empty list when nothing is near.
    """
    asked = _asked(text, language)
    if not asked:
        return []
    shown = Contribution.objects.visible(clock.now()).filter(consultation=consultation, kind="idea")
    ideas = Idea.objects.filter(contribution__in=shown)
    counts = ideas.aggregate(
        everything=Count("pk"),
        **{f"w{at}": Count("pk", filter=_holds(word)) for at, word in enumerate(asked)},
    )
    known = {word: counts[f"w{at}"] for at, word in enumerate(asked) if counts[f"w{at}"]}
    if not known:
        return []
    rarest = sorted(known, key=lambda word: (known[word], word))[:RAREST]
    near = Q()
    for word in rarest:
        near |= _holds(word)
    candidates = (
        ideas.filter(near)
        .select_related(
            "contribution__participant", "contribution__consultation__agency", "contribution__question__phase"
        )
        .prefetch_related("contribution__imported_counts")
        .order_by("-contribution__support_count", "pk")
    )
    weights = {
        word: math.log(1 + counts["everything"] / known[word])
        if word in known
        else math.log(2 + counts["everything"])
        for word in asked
    }
    ranked = [(overlap(weights, idea.normal.split()), idea) for idea in candidates[:MOST_CANDIDATES]]
    ranked = [(share, idea) for share, idea in ranked if share >= ALIKE]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [idea for _share, idea in ranked[:limit]]


def overlap(weights: dict[str, float], others: Iterable[str]) -> float:
    """Which share (0 to 1) of the weight of one's words stands in the others."""
    whole = sum(weights.values())
    there = set(others)
    return sum(weight for word, weight in weights.items() if word in there) / whole if whole else 0.0


def _asked(text: str, language: str) -> list[str]:
    """The words to look for: those of the title come first, so they are kept when a text is long."""
    return list(dict.fromkeys(words(text[:4000], language)))[:MOST_WORDS]


def _holds(word: str) -> Q:
    return Q(normal__contains=f" {word} ")

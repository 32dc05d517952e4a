"""Near-copies of what was said before in the same consultation.

Many people saying the same is no fault: each counts. It is held so that a person tells a campaign from somebody
who sends one text twenty times. Two texts are compared by their runs of three words (Jaccard; Broder 1997).
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation import normalise
from moderation.screens._plain import joined
from moderation.screens.base import Context, Finding, Screen, screens

FEWEST_WORDS = 6
"""Shorter words ("Yes, please do that") are said by many and are no copies."""
ALIKE = 0.5
"""One word changed in a short letter already leaves two thirds of its runs."""
LONGEST = 2_000
MOST = 300


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text in plain spelling; empty for a short one."""
    words = [word.folded for word in normalise.words(joined(text[:LONGEST]))]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """0 for nothing in common, 1 for the same runs."""
    if not one or not other or min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return 0.0
    return len(one & other) / len(one | other)


class Repeats(Screen):
    """Finds texts that are nearly one that came before; the finding is the whole text."""

    key = "repeats"
    label = _("Said before")

    def look(self, text: str, context: Context) -> list[Finding]:
        mine = runs(text)
        if not mine:
            return []
        near = [earlier for earlier in context.earlier[:MOST] if alike(mine, runs(earlier.text)) >= ALIKE]
        if not near:
            return []
        same = sum(1 for earlier in near if earlier.same_writer)
        if same:
            note = _("The same writer said nearly this before (%(same)d of %(all)d near-copies)")
            return [Finding(self.key, note % {"same": same, "all": len(near)})]
        others = ngettext_lazy(
            "Nearly the same as one voice before, by somebody else",
            "Nearly the same as %(all)d voices before, by others",
            "all",
        )
        return [Finding(self.key, others % {"all": len(near)})]


screens.register(Repeats())

"""Themes of free text by TF-IDF and non-negative matrix factorisation, each language for itself.

Lee and Seung, Learning the parts of objects by non-negative matrix factorization, Nature 401 (1999); scikit-learn's
NMF with a fixed start (NNDSVDA) and a fixed seed, on one thread, so that the same voices give the same themes.
"""

from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from analysis.engines.base import Engine, Result, Stopwatch, Voice, engines, in_order

EMPTY, SHORT, FEW, UNLIKE = "empty", "no_subject", "too_few", "unlike_others"
FEWEST = 8
"""Different texts of a language below which no themes are sought."""
SEED = 20260105
PARAMETERS: dict[str, Any] = {
    "fewest_texts": FEWEST,
    "most_themes": 30,
    "share": 0.2,
    "likeness": 0.08,
    "in_how_many_texts_at_most": 0.4,
    "in_how_many_of_under_100_texts_at_most": 0.6,
    "words_of_a_theme": 30,
    "most_themes_of_a_voice": 3,
    "rounds": 600,
    "seed": SEED,
}
SHOWN_TERMS, EXEMPLARS, READABLE = 8, 5, 5


def how_many(texts: int) -> int:
    """How many themes to seek in so many different texts: half of the square root, at least 3, at most 30.

    100 texts: 5; 1,600: 20; 3,600 and more: 30. Rather too many: two are merged with one press at the desk.
    """
    return int(min(PARAMETERS["most_themes"], max(3, round(texts**0.5 / 2))))


class Themes(Engine):
    """Reads free text. A voice is coded as up to three themes, or uncoded with the reason.

    Near-copies are read once and counted as often as they were sent. A voice is coded as a theme only when one of
    the theme's 30 strongest words stands in it, so that every reading can be seen in the text. Reasons for uncoded:
    `empty` (no words), `no_subject` (stop words only), `too_few` (under 8 different texts of its language),
    `unlike_others` (near to no theme).
    """

    key = "themes"
    version = "1"

    def read(self, voices: Sequence[Voice]) -> Result:
        watch = Stopwatch()
        learning = import_module("analysis.engines._reading")
        by_language: dict[str, list[Voice]] = defaultdict(list)
        for voice in in_order(voices):
            by_language[voice.language.lower().split("-")[0]].append(voice)
        found = [learning.Reading(language, those) for language, those in sorted(by_language.items())]
        themes = sorted(
            (theme for reading in found for theme in reading.themes),
            key=lambda theme: (-theme.size, theme.key),
        )
        reasons = {id_: reason for reading in found for id_, reason in reading.reasons.items()}
        return Result(
            engine=self.key,
            version=self.version,
            parameters={
                **PARAMETERS,
                "languages": {reading.language: reading.facts for reading in found},
            },
            themes=tuple(themes),
            codings=tuple(coding for reading in found for coding in reading.codings),
            uncoded=tuple(sorted(reasons)),
            reasons=reasons,
            figures={"texts": float(sum(reading.facts["texts"] for reading in found))},
            seconds=watch.seconds(),
        )


engines.register(Themes())

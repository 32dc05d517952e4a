"""Exact counts of ticked options and marks on a scale. Nothing is estimated, nothing is left out in silence."""

import statistics
from collections import defaultdict
from collections.abc import Sequence

from analysis.engines.base import Coding, Engine, Result, Stopwatch, Theme, Voice, engines, in_order

OPTION, POINTS = "option", "points"
EXEMPLARS = 3


class Counting(Engine):
    """Each option and each point of the scale is a theme; whoever chose it is coded as it with weight 1.

    A voice's `answer` is `{"options": [id, …]}` or `{"points": n}`. Anything else is uncoded, with the reason.
    Figures: `answered`, and for marks `mean`, `median`, `lowest` and `highest`. Labels are ids: the one who shows
    them knows the words.
    """

    key = "counting"
    version = "1"

    def read(self, voices: Sequence[Voice]) -> Result:
        watch = Stopwatch()
        chosen: dict[str, list[int]] = defaultdict(list)
        marks: list[int] = []
        reasons: dict[int, str] = {}
        ordered = in_order(voices)
        for voice in ordered:
            keys = self._keys(voice)
            for key in keys:
                chosen[key].append(voice.id)
                if key.startswith(POINTS):
                    marks.append(voice.answer["points"])
            if not keys:
                reasons[voice.id] = "no_answer" if voice.answer in (None, {}) else "not_countable"
        themes = [
            Theme(key, "", key.partition(":")[2], len(ids), exemplars=tuple(ids[:EXEMPLARS]))
            for key, ids in sorted(chosen.items(), key=_scale_then_size)
        ]
        return Result(
            engine=self.key,
            version=self.version,
            parameters={},
            themes=tuple(themes),
            codings=tuple(Coding(id_, key, 1.0) for key, ids in sorted(chosen.items()) for id_ in ids),
            uncoded=tuple(reasons),
            reasons=reasons,
            figures={"answered": float(len(ordered) - len(reasons)), **_of(marks)},
            seconds=watch.seconds(),
        )

    def _keys(self, voice: Voice) -> list[str]:
        answer = voice.answer if isinstance(voice.answer, dict) else {}
        options, points = answer.get("options"), answer.get("points")
        if isinstance(points, int) and not isinstance(points, bool):
            return [f"{POINTS}:{points}"]
        if isinstance(options, list) and all(isinstance(option, str) and option for option in options):
            return [f"{OPTION}:{option}" for option in dict.fromkeys(options)]
        return []


def histogram(result: Result) -> dict[int, int]:
    """How many gave each point, from the lowest given to the highest, also those that nobody gave."""
    counts = {int(theme.label): theme.size for theme in result.themes if theme.key.startswith(POINTS)}
    return {point: counts.get(point, 0) for point in range(min(counts), max(counts) + 1)} if counts else {}


def _of(marks: list[int]) -> dict[str, float]:
    if not marks:
        return {}
    return {
        "mean": statistics.fmean(marks),
        "median": float(statistics.median(marks)),
        "lowest": float(min(marks)),
        "highest": float(max(marks)),
    }


def _scale_then_size(counted: tuple[str, list[int]]) -> tuple[int, int, str]:
    key, ids = counted
    if key.startswith(POINTS):
        return (1, int(key.partition(":")[2]), key)
    return (0, -len(ids), key)


engines.register(Counting())

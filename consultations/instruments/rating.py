"""A mark on a scale of points, with words at both ends."""

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.instruments.base import (
    Answers,
    Instrument,
    QuestionSpec,
    Said,
    Tally,
    TallyLine,
    instruments,
    share,
)


class Rating(Instrument):
    """Answer: `{"points": n}` with 1 <= n <= the scale's length."""

    key = "rating"
    label = _("Rate on a scale")
    icon = "order"

    def fields(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "points",
                blocks.IntegerBlock(label=_("Points on the scale"), default=5, min_value=2, max_value=10),
            ),
            ("low", blocks.CharBlock(label=_("Words for the lowest point"), max_length=80)),
            ("high", blocks.CharBlock(label=_("Words for the highest point"), max_length=80)),
        ]

    def settings_of(self, value: Any) -> dict[str, Any]:
        return {"points": value.get("points") or 5}

    def words_of(self, value: Any) -> dict[str, Any]:
        return {**super().words_of(value), "low": value["low"], "high": value["high"]}

    def meaning_changed(self, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        if old.get("points") != new.get("points"):
            return [_now("The scale has another length than when people answered.")]
        return []

    def _labels(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        most = spec.settings.get("points", 5)
        ends = {1: spec.words.get("low", ""), most: spec.words.get("high", "")}
        return [(str(n), f"{n}: {ends[n]}" if ends.get(n) else str(n)) for n in range(1, most + 1)]

    def form_field(self, spec: QuestionSpec) -> forms.Field:
        return forms.ChoiceField(
            label=spec.prompt,
            help_text=spec.hint,
            required=spec.required,
            choices=self._labels(spec),
            widget=forms.RadioSelect,
        )

    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        if raw in (None, ""):
            return None
        most = spec.settings.get("points", 5)
        if not str(raw).isascii() or not str(raw).isdigit() or not 1 <= int(raw) <= most:
            raise forms.ValidationError(_now("Choose a point from 1 to %(most)d.") % {"most": most})
        return Said(answer={"points": int(raw)})

    def describe(self, spec: QuestionSpec, text: str, answer: Any) -> str:
        points = (answer or {}).get("points")
        if points is None:
            return ""
        return _now("%(points)d of %(most)d") % {"points": points, "most": spec.settings.get("points", 5)}

    def tally(self, spec: QuestionSpec, answers: Answers) -> Tally:
        counts = Counter((a or {}).get("points") for a in answers.values_list("answer", flat=True))
        answered = sum(counts.values())
        lines = tuple(
            TallyLine(key=key, label=label, count=counts[int(key)], percent=share(counts[int(key)], answered))
            for key, label in self._labels(spec)
        )
        mean = (
            round(sum(int(key) * counts[int(key)] for key, _label in self._labels(spec)) / answered, 2)
            if answered
            else None
        )
        return Tally(answered=answered, lines=lines, mean=mean)

    def export(self, spec: QuestionSpec, text: str, answer: Any) -> dict[str, str]:
        return {"points": str((answer or {}).get("points", ""))}


instruments.register(Rating())

"""A mark on a scale of points, with words at both ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.instruments.base import Instrument, QuestionSpec, Said, instruments


class Rating(Instrument):
    """Answer: `{"points": n}` with 1 <= n <= the scale's length. Counted: who gave each point, and the mean."""

    key = "rating"
    label = _("Rate on a scale")
    icon = "order"
    on_a_scale = True

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

    def lines(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        most = spec.settings.get("points", 5)
        ends = {1: spec.words.get("low", ""), most: spec.words.get("high", "")}
        return [(str(n), f"{n}: {ends[n]}" if ends.get(n) else str(n)) for n in range(1, most + 1)]

    def form_field(self, spec: QuestionSpec) -> forms.Field:
        return forms.ChoiceField(
            label=spec.prompt,
            help_text=spec.hint,
            required=spec.required,
            choices=self.lines(spec),
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

    def keys(self, answer: Any) -> list[str]:
        points = (answer or {}).get("points")
        return [] if points is None else [str(points)]

    def export(self, spec: QuestionSpec, text: str, answer: Any) -> dict[str, str]:
        return {"points": "".join(self.keys(answer))}


instruments.register(Rating())

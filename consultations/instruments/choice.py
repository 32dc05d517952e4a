"""One or several of the options given. Answers keep option ids, never words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.instruments.base import Instrument, QuestionSpec, Said, instruments


class Choice(Instrument):
    """Answer: `{"options": [id, ...]}` in the order of the options. Counted: who chose each option."""

    key = "choice"
    label = _("Choose from options")
    icon = "list-ul"
    default_visibility = "summarised"

    def fields(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "options",
                blocks.ListBlock(
                    blocks.CharBlock(label=_("Option"), max_length=200), label=_("Options"), min_num=2
                ),
            ),
            ("most", blocks.IntegerBlock(label=_("How many may be chosen"), default=1, min_value=1)),
        ]

    def settings_of(self, value: Any) -> dict[str, Any]:
        options = [{"id": str(item.id), "retired": False} for item in value["options"].bound_blocks]
        return {"options": options, "most": value.get("most") or 1}

    def words_of(self, value: Any) -> dict[str, Any]:
        labels = {str(item.id): str(item.value) for item in value["options"].bound_blocks}
        return {**super().words_of(value), "options": labels}

    def meaning_changed(self, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        if old.get("most", 1) > new.get("most", 1):
            return [_now("Fewer options may be chosen than when people answered.")]
        return []

    def kept_settings(self, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        current = {option["id"] for option in new["options"]}
        gone = [
            {"id": option["id"], "retired": True}
            for option in old.get("options", [])
            if option["id"] not in current
        ]
        return {**new, "options": [*new["options"], *gone]}

    def _open(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        retired = {o["id"] for o in spec.settings.get("options", []) if o["retired"]}
        return [(key, label) for key, label in self.lines(spec) if key not in retired]

    def form_field(self, spec: QuestionSpec) -> forms.Field:
        most = spec.settings.get("most", 1)
        if most == 1:
            return forms.ChoiceField(
                label=spec.prompt,
                help_text=spec.hint,
                required=spec.required,
                choices=self._open(spec),
                widget=forms.RadioSelect,
            )
        return forms.MultipleChoiceField(
            label=spec.prompt,
            help_text=spec.hint or _now("Choose up to %(most)d.") % {"most": most},
            required=spec.required,
            choices=self._open(spec),
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        given = [raw] if isinstance(raw, str) else list(raw or [])
        given = [str(value) for value in given if value]
        if not given:
            return None
        known = [key for key, _label in self._open(spec)]
        if any(value not in known for value in given):
            raise forms.ValidationError(_now("Choose from the options that are shown."))
        chosen = [key for key in known if key in given]
        most = spec.settings.get("most", 1)
        if len(chosen) > most:
            raise forms.ValidationError(
                _now("Choose at most %(most)d; you chose %(chosen)d.") % {"most": most, "chosen": len(chosen)}
            )
        return Said(answer={"options": chosen})

    def describe(self, spec: QuestionSpec, text: str, answer: Any) -> str:
        labels = spec.words.get("options", {})
        return ", ".join(labels.get(key, key) for key in self.keys(answer))

    def lines(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        labels = spec.words.get("options", {})
        return [(o["id"], labels.get(o["id"], o["id"])) for o in spec.settings.get("options", [])]

    def keys(self, answer: Any) -> list[str]:
        return list((answer or {}).get("options", []))

    def export(self, spec: QuestionSpec, text: str, answer: Any) -> dict[str, str]:
        return {
            "options": " ".join(self.keys(answer)),
            "options_in_words": self.describe(spec, text, answer),
        }


instruments.register(Choice())

"""A question answered in one's own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.instruments.base import LONGEST_TEXT, Instrument, QuestionSpec, Said, instruments


class FreeText(Instrument):
    """Answer: the words in `text`; nothing in `answer`. Counted: how many answered; themes are made of the words."""

    key = "free_text"
    label = _("In your own words")
    icon = "edit"
    has_words = True

    def fields(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "longest",
                blocks.IntegerBlock(
                    label=_("Longest answer, in characters"),
                    default=3000,
                    min_value=1,
                    max_value=LONGEST_TEXT,
                ),
            )
        ]

    def settings_of(self, value: Any) -> dict[str, Any]:
        return {"longest": value.get("longest") or 3000}

    def form_field(self, spec: QuestionSpec) -> forms.Field:
        return forms.CharField(
            label=spec.prompt,
            help_text=spec.hint,
            required=spec.required,
            max_length=spec.settings.get("longest", 3000),
            widget=forms.Textarea(attrs={"rows": 6}),
        )

    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        text = str(raw or "").strip()
        return Said(text=text) if text else None


instruments.register(FreeText())

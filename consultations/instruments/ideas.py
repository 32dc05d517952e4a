"""People propose ideas, support them and discuss them, on pages of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from consultations.instruments.base import Instrument, QuestionSpec, Said, instruments


class Ideas(Instrument):
    """Nothing is answered in the form: each idea is a contribution of its own kind, with its words in `text`.

    Counted: ideas, and the support for each.
    """

    key = "ideas"
    label = _("Ideas from people")
    icon = "pick"
    verbs = frozenset({"propose", "support", "comment"})
    default_visibility = "at_once"
    has_words = True

    def fields(self) -> list[tuple[str, blocks.Block]]:
        name = blocks.CharBlock(label=_("Category"), max_length=60)
        return [
            ("categories", blocks.ListBlock(name, label=_("Categories of ideas"), default=[], required=False))
        ]

    def settings_of(self, value: Any) -> dict[str, Any]:
        """Categories as options: their ids stay, their words are translated."""
        return {"options": [{"id": str(item.id), "retired": False} for item in _categories(value)]}

    def words_of(self, value: Any) -> dict[str, Any]:
        labels = {str(item.id): str(item.value) for item in _categories(value)}
        return {**super().words_of(value), **({"options": labels} if labels else {})}

    def kept_settings(self, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        """A category that is taken away is no longer offered; ideas that have it keep it."""
        current = {each["id"] for each in new["options"]}
        gone = [{**each, "retired": True} for each in old.get("options", []) if each["id"] not in current]
        return {**new, "options": [*new["options"], *gone]}

    def form_field(self, spec: QuestionSpec) -> forms.Field | None:
        return None

    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        text = str(raw or "").strip()
        return Said(text=text) if text else None


def _categories(value: Any) -> list[Any]:
    """The categories of a filled block; none where it is older than they are."""
    found = value.get("categories")
    return list(found.bound_blocks) if found else []


instruments.register(Ideas())

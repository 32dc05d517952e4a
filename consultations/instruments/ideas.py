"""People propose ideas, support them and discuss them, on pages of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.instruments.base import Instrument, QuestionSpec, Said, instruments


class Ideas(Instrument):
    """Nothing is answered in the form: each idea is a contribution of its own kind."""

    key = "ideas"
    label = _("Ideas from people")
    icon = "pick"
    verbs = frozenset({"propose", "support", "comment"})
    default_visibility = "at_once"
    has_words = True

    def form_field(self, spec: QuestionSpec) -> forms.Field | None:
        return None

    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        text = str(raw or "").strip()
        return Said(text=text) if text else None


instruments.register(Ideas())

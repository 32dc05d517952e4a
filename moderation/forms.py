"""What narrows the desk's list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from moderation.screens import screens


class DeskForm(forms.Form):
    """Whose cases, held by what, how old, and whether they wait."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    held_by = forms.ChoiceField(label=_("Held by"), required=False)
    age = forms.ChoiceField(
        label=_("Promise"),
        required=False,
        choices=[("", _("All")), ("late", _("Late")), ("soon", _("Due within four hours"))],
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Waiting")), ("decided", _("Decided"))]
    )

    def __init__(self, data: Any, *, agencies: Iterable[Agency]) -> None:
        super().__init__(data)
        mine = [("", _("All of mine")), *((agency.slug, agency.name) for agency in agencies)]
        checks = [
            ("any", _("Any check")),
            ("none", _("No check")),
            *((k, s.label) for k, s in screens.items()),
        ]
        self.fields["agency"].choices = mine  # type: ignore[attr-defined]
        self.fields["held_by"].choices = [("", _("All")), *checks]  # type: ignore[attr-defined]

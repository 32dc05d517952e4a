"""What somebody looks for: words, an agency and a language; the kind is narrowed by links."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from search.sources import KINDS


class SearchForm(forms.Form):
    """Sent by GET. A filter that is not known counts as none, so that an old address still works."""

    q = forms.CharField(
        label=_("Words"), required=False, strip=True, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: Any, *, agencies: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self._choices("kind", _("Everything"), KINDS.items())
        self._choices("agency", _("All agencies"), agencies)
        self._choices("language", _("All languages"), settings.LANGUAGES)

    def _choices(self, name: str, everything: Any, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    def asked(self) -> dict[str, str]:
        """The words and the filters that are known."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        self.data = asked
        self.is_bound, self._errors = True, None
        return asked

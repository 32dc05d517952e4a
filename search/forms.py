"""What somebody looks for: words. They are narrowed by links, so the filters that are on are carried along unseen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from search.facets import STATES
from search.sources import KINDS


class SearchForm(forms.Form):
    """Sent by GET. A filter that is not known counts as none, so that an old address still works."""

    q = forms.CharField(
        label=_("Words"), required=False, strip=True, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=KINDS)
    agency = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    topic = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=settings.LANGUAGES)
    state = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=STATES)

    def __init__(
        self, data: Any, *, agencies: Iterable[tuple[str, Any]], topics: Iterable[tuple[str, Any]]
    ) -> None:
        super().__init__(data)
        for name, choices in (("agency", agencies), ("topic", topics)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def asked(self) -> dict[str, str]:
        """The words and the filters that are known."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        self.data = asked
        self.is_bound, self._errors = True, None
        return asked

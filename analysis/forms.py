"""What an analyst fills in at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analysis.models import Theme


class NameForm(forms.Form):
    """A theme's name and what people said, in the analyst's words."""

    label = forms.CharField(label=_("What people said, in a line"), max_length=200)
    summary = forms.CharField(
        label=_("What people said, in a few sentences"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThemeChoiceForm(forms.Form):
    """One of the run's other themes."""

    theme = forms.ModelChoiceField(
        label=_("Theme"), queryset=Theme.objects.none(), required=False, empty_label=_("None of them")
    )

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = themes

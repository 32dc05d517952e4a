"""What an analyst fills in at the desk, and what an author says of how they were read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analysis.models import Theme
from analysis.read_backs import LONGEST
from design.forms import PlainForm, Press, counted


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


class KeepForm(forms.Form):
    """Why a reading stays, for the author of the words."""

    answer = forms.CharField(
        label=_("Why the reading stays"),
        max_length=LONGEST,
        help_text=_("Its author reads this on the voice's own page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReadBackForm(PlainForm):
    """Yes, or no and what was meant."""

    press = (Press(_("Send my answer"), kind="voice", icon="say"),)

    rightly = forms.ChoiceField(
        label=_("Is this what you meant?"),
        choices=[("yes", _("Yes, you read me rightly")), ("no", _("No, I meant something else"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("If not: what did you mean?"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "In your own words, in any language. The agency's analysts read them and do not learn who you are."
        ),
        widget=counted(LONGEST, rows=5),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rightly") == "no" and "words" in cleaned and not cleaned["words"]:
            self.add_error("words", _("Say in your own words what you meant."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """As `read_backs.say` takes it."""
        return {"rightly": self.cleaned_data["rightly"] == "yes", "words": self.cleaned_data["words"]}

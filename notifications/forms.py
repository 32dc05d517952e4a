"""What one can choose about letters."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from design.forms import PlainForm, Press
from notifications.groups import GROUPS
from notifications.models import Preference
from notifications.ways import EMAIL, ways


class WishesForm(PlainForm):
    """Which letters, how often, in which language; and on which way, where there is more than one."""

    press = (Press(_("Keep this")),)
    groups = forms.MultipleChoiceField(
        label=_("Which letters do you want?"),
        help_text=_("Sign-in codes, receipts and what your office asks of you always come."),
        choices=list(GROUPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pace = forms.ChoiceField(
        label=_("How often?"), choices=Preference.Pace.choices, widget=forms.RadioSelect,
        help_text=_("One letter with all of it comes in the morning; that of a week comes on Monday."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    way = forms.ChoiceField(label=_("On which way?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, wishes: Preference) -> None:
        wanted = [group for group in GROUPS if wishes.letters_wanted and group not in wishes.unwanted]
        initial = {"groups": wanted, "pace": wishes.pace, "language": wishes.language, "way": wishes.way}
        super().__init__(data, initial=initial)
        self._offer("language", [("", _("The language of the words it is about")), *settings.LANGUAGES])
        self._offer("way", [(way.key, way.label) for way in ways.values()])
        if len(ways) == 1:
            del self.fields["way"]

    @property
    def helper(self) -> FormHelper:
        """Without a form token: the address is the secret, and reading it sets no cookie."""
        helper = super().helper
        helper.disable_csrf = True
        return helper

    def chosen(self) -> dict[str, Any]:
        """What `services.choose` takes."""
        given = self.cleaned_data
        return {
            "unwanted": [group for group in GROUPS if group not in given["groups"]],
            "pace": given["pace"],
            "language": given["language"],
            "way": given.get("way", EMAIL.key),
        }

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

"""The form that narrows a list of consultations, sent by GET."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.queries.lists import Kinds, Narrow
from design.words import number

ANY = {
    "agency": (_("Agency"), _("All agencies")),
    "topic": (_("Topic"), _("All topics")),
    "language": (_("To be read in"), _("Any language")),
}


class ListForm(forms.Form):
    """An agency, a topic, a language. What would leave nothing is not offered, unless it is chosen."""

    def __init__(self, narrow: Narrow, kinds: Kinds) -> None:
        chosen = narrow.chosen()
        super().__init__(chosen, auto_id="sift_%s")
        for name, found in kinds.items():
            label, nothing = ANY[name]
            choices = [
                (
                    kind.value,
                    _now("%(label)s (%(count)s)") % {"label": kind.label, "count": number(kind.count)},
                )
                for kind in found
                if kind.count or kind.value == chosen.get(name)
            ]
            if choices:
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=[("", nothing), *choices], required=False
                )

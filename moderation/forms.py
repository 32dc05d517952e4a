"""What narrows the desks' lists, what a reader says with a flag, and what an author says in an appeal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models import Contribution
from design.forms import PlainForm, Press, counted
from moderation import reasons
from moderation.models import Review
from moderation.screens import screens
from moderation.services import flags, reviews

ALL = ("", _("All"))


class DeskForm(forms.Form):
    """Which words, in which state, of which kind, whose, why, held by what, how old."""

    q = forms.CharField(label=_("Words, a pseudonym or a number"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Waiting")),
            ("flagged", _("Waiting, flagged by readers")),
            ("decided", _("Decided")),
            ("published", _("Decided: shown")),
            ("rejected", _("Decided: not shown")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Contribution.Kind.choices])
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    held_by = forms.ChoiceField(label=_("Held by"), required=False)
    age = forms.ChoiceField(
        label=_("Promise"),
        required=False,
        choices=[
            ALL,
            ("late", _("Late")),
            ("soon", _("Due within four hours")),
            ("day", _("Waits for more than a day")),
        ],
    )

    def __init__(self, data: Any, *, agencies: Iterable[Agency]) -> None:
        super().__init__(data)
        checks = [
            ("any", _("Any check")),
            ("none", _("No check")),
            *((k, s.label) for k, s in screens.items()),
        ]
        choose = {
            "agency": [("", _("All of mine")), *((agency.slug, agency.name) for agency in agencies)],
            "held_by": [ALL, *checks],
            "reason": [
                ALL,
                *((r.code, r.words) for r in reasons.REASONS.values()),
                *reasons.HOLDS.items(),
            ],
        }
        for name, choices in choose.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ReviewsForm(forms.Form):
    """Which reviews: words, waiting or decided, why they are here, about which agency."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Waiting")), ("decided", _("Decided"))]
    )
    source = forms.ChoiceField(
        label=_("Why it is here"), required=False, choices=[ALL, *Review.Source.choices]
    )
    agency = forms.ChoiceField(label=_("Agency"), required=False)

    def __init__(self, data: Any, *, agencies: Iterable[Agency]) -> None:
        super().__init__(data)
        choices = [ALL, *((agency.slug, agency.name) for agency in agencies)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]


class FlagForm(PlainForm):
    """A reason from the closed list, and words if one likes."""

    press = (Press(_("Send it to a moderator")),)

    reason = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Do you want to say more?"),
        required=False,
        max_length=flags.LONGEST,
        help_text=_("Moderators read it. Nobody learns that it was you."),
        widget=counted(flags.LONGEST, rows=3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(r.code, r.words) for r in reasons.for_flags()]  # type: ignore[attr-defined]


class AppealForm(PlainForm):
    """An author's own words, once."""

    press = (Press(_("Send my appeal"), kind="voice", icon="say"),)

    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        max_length=reviews.LONGEST,
        help_text=_(
            "In your own words, in any language. The ombuds moderator reads them; the agency does not."
        ),
        widget=counted(reviews.LONGEST, rows=8),
    )


class PaperForm(forms.Form):
    """An appeal that came as a letter: against which decision, in which language, and its words."""

    part = forms.ChoiceField(label=_("Against which decision?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    words = forms.CharField(
        label=_("What the letter says"),
        max_length=reviews.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Word for word. Leave out names and addresses."),
    )

    def __init__(self, data: Any, *, parts: Iterable[tuple[str, str]], language: str) -> None:
        chosen = list(parts)
        super().__init__(
            data, initial={"language": language, "part": chosen[0][0] if len(chosen) == 1 else ""}
        )
        self.fields["part"].choices = chosen  # type: ignore[attr-defined]

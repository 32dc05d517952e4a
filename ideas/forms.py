"""What people type: an idea, a comment, and what narrows a list."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import PlainForm, Press, counted
from foundation.errors import BadInput
from ideas import wording
from ideas.models import LONGEST_TITLE, Idea
from ideas.services import plain_tags

LONGEST_IDEA = 5000
LONGEST_COMMENT = 3000


class IdeaForm(PlainForm):
    """A title, the idea, and tags if one likes."""

    press = (Press(_("Go on: see similar ideas"), icon_after="next"),)
    draft_key = "propose"

    title = forms.CharField(
        label=_("Your idea in one line"),
        max_length=LONGEST_TITLE,
        help_text=_("People see this line in lists. Up to 120 letters."),
    )
    text = forms.CharField(
        label=_("What should be done, and why?"),
        max_length=LONGEST_IDEA,
        help_text=_("Write in any language. Please leave out names, addresses and telephone numbers."),
        widget=counted(LONGEST_IDEA, rows=9),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=200,
        help_text=_("Up to five, with commas between them: water, schools"),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    request_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if categories:
            self.fields["category"].choices = [("", _("No category")), *categories]  # type: ignore[attr-defined]
        else:
            del self.fields["category"]

    def clean_title(self) -> str:
        return wording.one_line(self.cleaned_data["title"])

    def clean_text(self) -> str:
        return wording.cleaned(self.cleaned_data["text"])

    def clean_tags(self) -> list[str]:
        try:
            return plain_tags(self.cleaned_data["tags"].replace("،", ",").split(","))
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("title", "text"):
            if name in found and not found[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        return found


class CommentForm(PlainForm):
    """A comment."""

    press = (Press(_("Send for moderation"), kind="voice", icon="say"),)

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        help_text=_("Write in any language. It appears under your pseudonym."),
        widget=counted(LONGEST_COMMENT),
    )
    request_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text = wording.cleaned(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


class ListForm(forms.Form):
    """Which ideas of a list: of one consultation, in one of its categories, with one tag, of one status."""

    consultation = forms.ChoiceField(label=_("Consultation"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    status = forms.ChoiceField(label=_("How far it came"), required=False)
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, **choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="sift_%s")
        nothing = {
            "consultation": _("All consultations"),
            "category": _("All categories"),
            "tag": _("All tags"),
            "status": _("Any"),
        }
        for name, found in {**choices, "status": Idea.Status.choices}.items():
            if found:
                self.fields[name].choices = [("", nothing[name]), *found]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


def fresh_key() -> str:
    """The key by which a form that is sent twice is known."""
    return str(uuid.uuid4())

"""What people type to answer, and to find what became of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.instruments import QuestionSpec, Said, instruments
from consultations.models import Participant, Question, Visibility
from consultations.papers import check_paper, renamed
from consultations.services import Saying, Terms
from design.forms import PlainForm, Press
from design.words import direction
from foundation.errors import BadInput

WHO_SEES: dict[str, str | Promise] = {
    Visibility.AT_ONCE: _("Who sees it: everybody, at once, if you allow it below."),
    Visibility.AFTER_CLOSE: _(
        "Who sees it: everybody, after moderation when it closes, if you allow it below."
    ),
    Visibility.SUMMARISED: _("Who sees it: nobody else. It is only counted and summarised."),
    Visibility.CONFIDENTIAL: _(
        "Who sees it: it is confidential, for the people who weigh the answers alone."
    ),
}
"""Printed beside each field; `Visibility` has the short words."""


def answerable(asked: Sequence[tuple[Question, QuestionSpec]]) -> list[tuple[Question, QuestionSpec]]:
    """The questions that are answered in a form, not on pages of their own."""
    return [
        (question, spec)
        for question, spec in asked
        if question.instrument in instruments
        and instruments[question.instrument].form_field(spec) is not None
    ]


class RespondForm(PlainForm):
    """All questions of a phase on one page, and the terms on which they are answered."""

    press = (Press(_("Send my answer"), kind="voice", icon="say"),)
    words_kept = _(
        "Nothing is lost. What you wrote is still here; only an attached paper must be chosen again."
    )

    behalf = forms.ChoiceField(
        label=_("For whom do you answer?"),
        choices=[
            (Participant.Behalf.PERSON, _("For myself")),
            (Participant.Behalf.ORGANISATION, _("For an organisation")),
        ],
        initial=Participant.Behalf.PERSON,
        widget=forms.RadioSelect,
    )
    organisation = forms.CharField(
        label=_("Name of the organisation"),
        help_text=_("Only if you answer for one. Its name stands beside what it says."),
        max_length=200,
        required=False,
    )
    paper = forms.FileField(
        label=_("A paper of the organisation"),
        help_text=_(
            "PDF, ODT, DOCX, TXT, JPEG or PNG, up to 5 MB. Only the people who weigh the answers read it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
    )
    may_publish = forms.BooleanField(
        label=_("You may publish my words"),
        help_text=_(
            "Under a pseudonym, or the organisation's name, where the question says so. A moderator reads them."
        ),
        required=False,
    )
    may_quote = forms.BooleanField(
        label=_("You may quote my words"),
        help_text=_(
            "In the outcome, under a pseudonym or the organisation's name. Never what is confidential."
        ),
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Sequence[tuple[Question, QuestionSpec]], **kwargs: Any) -> None:
        self.asked = list(asked)
        kwargs["initial"] = {"request_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["behalf"].in_row = True  # type: ignore[attr-defined]
        if not any(question.visibility in Visibility.public() for question, _spec in self.asked):
            del self.fields["may_publish"]
        if not any(instruments[question.instrument].has_words for question, _spec in self.asked):
            del self.fields["may_quote"]
        for question, spec in self.asked:
            self.fields[field_name(question)] = question_field(spec)
        self.layout = self._in_order()
        if self.asked:
            self.draft_key = f"respond-{self.asked[0][0].phase_id}"

    def _in_order(self) -> Layout:
        """First the questions, then the terms."""
        names = ("behalf", "organisation", "paper", "may_publish", "may_quote")
        heading = HTML(format_html("<h2>{}</h2>", _now("About your answer")))
        questions = [field_name(question) for question, _spec in self.asked]
        return Layout(*questions, heading, *(name for name in names if name in self.fields))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.said: list[tuple[Question, Said]] = []
        for question, spec in self.asked:
            name = field_name(question)
            if name not in data:
                continue
            try:
                said = instruments[question.instrument].clean(spec, data[name])
            except forms.ValidationError as error:
                self.add_error(name, error)
                continue
            if said is not None:
                self.said.append((question, said))
        self._clean_organisation(data)
        return data

    def _clean_organisation(self, data: dict[str, Any]) -> None:
        for_one = data.get("behalf") == Participant.Behalf.ORGANISATION
        named = bool(str(data.get("organisation", "")).strip())
        if for_one and not named and "organisation" not in self.errors:
            self.add_error("organisation", _now("Write the name of the organisation for which you answer."))
        if not for_one and (named or data.get("paper")):
            self.add_error("behalf", _now("Choose “For an organisation”, or leave its name and paper out."))

    def clean_paper(self) -> Any:
        """A paper whose content is what we can read."""
        paper = self.cleaned_data.get("paper")
        if not paper:
            return None
        try:
            check_paper(paper)
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error
        return paper

    def sayings(self) -> list[Saying]:
        """What was said, question by question; after `is_valid`."""
        return [Saying(text=said.text, answer=said.answer, question=question) for question, said in self.said]

    def terms(self) -> Terms:
        """On which terms; after `is_valid`."""
        data = self.cleaned_data
        paper = data.get("paper")
        return Terms(
            language=get_language() or "en",
            behalf=data["behalf"],
            organisation=data.get("organisation", ""),
            paper=renamed(paper) if paper else None,
            may_publish=data.get("may_publish", False),
            may_quote=data.get("may_quote", False),
        )


def field_name(question: Question) -> str:
    """The name of a question's field; it stays when other questions come and go."""
    return f"q{question.pk}"


def question_field(spec: QuestionSpec) -> forms.Field:
    """The instrument's field, with who sees the answer printed beside it, and every word in its own language."""
    field = instruments[spec.instrument].form_field(spec)
    if field is None:
        raise ValueError(f"“{spec.instrument}” is answered on pages of its own")
    asked = _("Choose: %(label)s") if isinstance(field, forms.ChoiceField) else _("Fill in: %(label)s")
    field.error_messages["required"] = asked % {"label": spec.prompt}
    field.label = in_language(spec.prompt, spec.language)
    seen = WHO_SEES[spec.visibility]
    hint = in_language(str(field.help_text), spec.language) if field.help_text else ""
    field.help_text = format_html("{}<br>{}", hint, seen) if hint else str(seen)
    if isinstance(field, forms.ChoiceField):
        options: list[Any] = list(field.choices)  # type: ignore[arg-type]
        field.choices = [(value, in_language(str(label), spec.language)) for value, label in options]
    return field


def in_language(words: str, language: str) -> str:
    """Words, marked with their language where it is not the page's."""
    if language == get_language():
        return words
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction(language), words)


class FindVoiceForm(PlainForm):
    """The code of a receipt. It changes nothing, so it is sent by GET and needs no token."""

    method = "get"
    press = (Press(_("Show what became of it")),)

    code = forms.CharField(
        label=_("The code on your receipt"),
        help_text=_("Twenty letters and figures. Spaces, dashes and capitals do not matter."),
        max_length=60,
        error_messages={"required": _("Write the code from your receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TakeBackForm(PlainForm):
    """A second yes."""

    press = (Press(_("Take it back"), kind="grave"),)

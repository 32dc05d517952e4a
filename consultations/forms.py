"""What people type to answer, and to find what became of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.instruments import QuestionSpec, Said, instruments
from consultations.models import Participant, Question, Visibility
from consultations.papers import check_paper, renamed
from consultations.services import Saying, Terms
from consultations.services.drafts import Kept, mark
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


Asked = Sequence[tuple[Question, QuestionSpec]]


def answerable(asked: Asked) -> list[tuple[Question, QuestionSpec]]:
    """The questions that are answered in a form, not on pages of their own."""
    return [
        (question, spec)
        for question, spec in asked
        if question.instrument in instruments
        and instruments[question.instrument].form_field(spec) is not None
    ]


class TermsForm(PlainForm):
    """On which terms one answers: for whom, and what may be done with the words."""

    press: Sequence[Press] = (
        Press(_("Save and check my answer"), name="go", value="next", icon_after="next"),
        Press(_("Back"), kind="quiet", name="go", value="back"),
        Press(_("Finish later"), kind="plain", name="go", value="later"),
    )
    words_kept = _("Nothing is lost: what you typed is kept.")

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

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        self.asked = list(asked)
        super().__init__(*args, **kwargs)
        self.fields["behalf"].in_row = True  # type: ignore[attr-defined]
        if not any(question.visibility in Visibility.public() for question, _spec in self.asked):
            del self.fields["may_publish"]
        if not any(instruments[question.instrument].has_words for question, _spec in self.asked):
            del self.fields["may_quote"]

    @staticmethod
    def kept(post: QueryDict) -> dict[str, Any]:
        """What a draft keeps of it, checked or not."""
        return {
            "behalf": post.get("behalf", "")[:20],
            "organisation": post.get("organisation", "").replace("\x00", "")[:1000],
            "may_publish": "may_publish" in post,
            "may_quote": "may_quote" in post,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for_one = data.get("behalf") == Participant.Behalf.ORGANISATION
        named = bool(str(data.get("organisation", "")).strip())
        if for_one and not named and "organisation" not in self.errors:
            self.add_error("organisation", _now("Write the name of the organisation for which you answer."))
        if not for_one and (named or data.get("paper")):
            self.add_error("behalf", _now("Choose “For an organisation”, or leave its name and paper out."))
        return data


class TermsStepForm(TermsForm):
    """The same on a page of its own, with the mark of the terms that it was shown with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class PaperForm(PlainForm):
    """A paper of an organisation."""

    paper = forms.FileField(
        label=_("A paper of the organisation"),
        help_text=_(
            "PDF, ODT, DOCX, TXT, JPEG or PNG, up to 5 MB. Only the people who weigh the answers read it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
    )

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


class RespondForm(TermsForm, PaperForm):
    """All questions of a phase on one page, and the terms on which they are answered."""

    press = (Press(_("Send my answer"), kind="voice", icon="say"),)
    words_kept = _(
        "Nothing is lost. What you wrote is still here; only an attached paper must be chosen again."
    )

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        kwargs["initial"] = {"request_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, asked=asked, **kwargs)
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
        data = super().clean()
        self.said: list[tuple[Question, Said]] = []
        for question, spec in self.asked:
            said = cleaned_answer(self, question, spec, data)
            if said is not None:
                self.said.append((question, said))
        return data

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


class StepForm(PlainForm):
    """One question, with the marks of the words that it was shown with."""

    words_kept = _("Nothing is lost: what you typed is kept.")

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    others_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pair: tuple[Question, QuestionSpec], **kwargs: Any) -> None:
        self.pair = question, spec = pair
        super().__init__(*args, **kwargs)
        self.fields[field_name(question)] = question_field(spec)
        skip = Press(_("Skip this question"), kind="quiet", name="go", value="skip")
        self.press = (
            Press(_("Save and go on"), name="go", value="next", icon_after="next"),
            *([] if spec.required else [skip]),
            Press(_("Back"), kind="quiet", name="go", value="back"),
            Press(_("Finish later"), kind="plain", name="go", value="later"),
        )

    @staticmethod
    def initial_of(question: Question, spec: QuestionSpec, draft: Kept) -> dict[str, Any]:
        """What is kept, and the marks by which the form says so."""
        typed = draft.typed.get(question.pk, [])
        several = isinstance(instruments[question.instrument].form_field(spec), forms.MultipleChoiceField)
        return {
            field_name(question): typed if several else "".join(typed),
            "seen": mark(typed),
            "others_seen": mark(draft.others.get(question.pk, [])),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        cleaned_answer(self, *self.pair, data)
        return data


class CheckForm(PaperForm):
    """The last look: one button sends it all. `seen` is the mark of the draft that was looked at."""

    press = (Press(_("Send my answer"), kind="voice", icon="say"),)

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, with_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_paper:
            del self.fields["paper"]


def cleaned_answer(
    form: forms.Form, question: Question, spec: QuestionSpec, data: dict[str, Any]
) -> Said | None:
    """The validated answer to a question of a form; what is wrong with it stands at its field."""
    name = field_name(question)
    if name not in data:
        return None
    try:
        return instruments[question.instrument].clean(spec, data[name])
    except forms.ValidationError as error:
        form.add_error(name, error)
        return None


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

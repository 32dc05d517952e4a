"""Forms in the look of the house: a helper for crispy, buttons, words beside choices.

class Propose(PlainForm):
    press = (Press(_("Send for moderation"), kind="voice", icon="say"),)
    title = forms.CharField(label=_("Title"), max_length=120)

{% load crispy_forms_tags %}{% crispy form %}
"""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import pretty_name
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput, forms.FileInput)


class Press:
    """A button of a form. `kind`: voice (puts words on record; one in a view), quiet, plain, grave or empty."""

    def __init__(
        self,
        words: Any,
        *,
        kind: str = "",
        name: str = "",
        value: str = "1",
        icon: str = "",
        icon_after: str = "",
    ) -> None:
        self.words, self.kind, self.name, self.value = words, kind, name, value
        self.icon, self.icon_after = icon, icon_after

    def render(self, form: Any, context: Context, template_pack: Any = None, **extra: Any) -> SafeString:
        """The button, when it stands in a crispy layout."""
        return render_to_string("samvad/layout/baseinput.html", {"input": self})


class PlainMixin:
    """For any Django form: the helper that `{% crispy form %}` asks for. Nothing takes the focus by itself.

    A form may set `press` (buttons), `method`, `action`, `form_id`, `layout` (crispy), `words_kept` (the
    second line of the error summary), `draft_key` (typed words are kept in this browser tab until sent).
    """

    press: Sequence[Press] = (Press(_("Go on")),)
    method = "post"
    action = ""
    form_id = ""
    layout: Any = None
    words_kept: Any = ""
    draft_key = ""
    css = "stack stack--l measure"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            _say_plainly(name, field)

    @property
    def helper(self) -> FormHelper:
        """How crispy shows this form."""
        helper = FormHelper()
        helper.form_method = self.method
        helper.form_action = self.action
        helper.form_id = self.form_id
        helper.form_class = self.css
        helper.attrs = {"novalidate": True, **self._draft()}
        helper.layout = self.layout
        helper.render_hidden_fields = True
        helper.inputs = list(self.press)
        return helper

    @property
    def title_problem(self) -> str:
        """ "Problem: " before the page's title when the form came back; `base.html` does it for `form`."""
        wrong = self.is_bound and self.errors  # type: ignore[attr-defined]
        return f"{_('Problem:')} " if wrong else ""

    def _draft(self) -> dict[str, Any]:
        if not self.draft_key:
            return {}
        return {
            "data-behaviour": "draft",
            "data-draft-key": self.draft_key,
            "data-draft-words": _("We put back what you had typed here."),
        }


class PlainForm(PlainMixin, forms.Form):
    """A form of the house."""


class PlainModelForm(PlainMixin, forms.ModelForm):
    """A form of the house over a model."""


def _say_plainly(name: str, field: forms.Field) -> None:
    """Says which field is empty and what to do, where Django says only that "this field is required"."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    label = field.label or pretty_name(name)
    asked = _("Choose: %(label)s") if isinstance(field.widget, CHOSEN) else _("Fill in: %(label)s")
    field.error_messages["required"] = asked % {"label": label}


def counted(limit: int, **attrs: Any) -> forms.Textarea:
    """A text area that says how many letters are left; the server's own limit stays the truth."""
    return forms.Textarea(
        attrs={
            "rows": 6,
            "data-behaviour": "count",
            "data-count-limit": limit,
            "data-count-words": _("{left} letters left"),
            "data-count-over": _("{over} letters too many"),
            **attrs,
        }
    )

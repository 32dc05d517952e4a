"""How one form field is shown: which shape it takes, what describes it, where its first control is.

The ids are Django's own: control `id_x` (`id_x_0` is the first of a group), hint `id_x_helptext`,
problem `id_x_error`.
"""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
TICKS = (forms.CheckboxInput,)
FACES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, ""),
    (forms.MultiWidget, "input input--short"),
    (forms.SelectDateWidget, "select input--short"),
    (forms.Textarea, "area"),
    (forms.SelectMultiple, "select select--many"),
    (forms.Select, "select"),
    (forms.ClearableFileInput, "input input--file"),
    (forms.FileInput, "input input--file"),
    (forms.NumberInput, "input input--short"),
    (forms.DateInput, "input input--short"),
    (forms.TimeInput, "input input--short"),
    (forms.DateTimeInput, "input input--short"),
    (Input, "input"),
)


def shape(field: BoundField) -> str:
    """`hidden`, `group` (radios, checkboxes), `tick` (one checkbox), `several` (parts of one value) or `plain`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "group"
    if isinstance(widget, TICKS):
        return "tick"
    return "several" if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget) else "plain"


def first_control(field: BoundField) -> str:
    """The id of the control that an error summary leads to."""
    if isinstance(field.field.widget, (*GROUPS, forms.MultiWidget)):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def described_by(field: BoundField) -> str:
    """The ids of the hint and of the problem, in that order; empty when there is neither."""
    given = field.field.widget.attrs.get("aria-describedby", "")
    hint = f"{field.auto_id}_helptext" if field.help_text else ""
    problem = f"{field.auto_id}_error" if field.errors else ""
    return " ".join(part for part in (given, hint, problem) if part)


def control(field: BoundField) -> SafeString:
    """The control of a plain field with its style, what describes it and whether it is wrong."""
    widget = field.field.widget
    attrs: dict[str, Any] = {}
    face = _face(widget)
    if face:
        attrs["class"] = " ".join(part for part in (face, str(widget.attrs.get("class", ""))) if part)
    described = described_by(field)
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if "data-count-limit" in widget.attrs:
        attrs["maxlength"] = False  # a browser would cut a pasted text without a word
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> list[dict[str, Any]]:
    """The choices of a group: `tag` (the input alone), `label`, `hint` (from the field's `choice_hints`)."""
    hints = {str(value): hint for value, hint in getattr(field.field, "choice_hints", {}).items()}
    found = []
    for option in field.subwidgets:
        data = option.data
        found.append(
            {
                "name": data["name"],
                "value": data["value"],
                "type": data["type"],
                "attrs": {key: value for key, value in data["attrs"].items() if key != "aria-describedby"},
                "label": data["label"],
                "hint": hints.get(str(data["value"]), ""),
                "template": data["template_name"],
            }
        )
    return found


def problems(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every problem of a form in the order of its fields: `words`, and the id of the control (or nothing)."""
    found = [{"words": str(words), "control": ""} for words in form.non_field_errors()]
    for field in form:
        target = "" if shape(field) == "hidden" else first_control(field)
        found.extend({"words": str(words), "control": target} for words in field.errors)
    return found


def _face(widget: forms.Widget) -> str:
    for kind, face in FACES:
        if isinstance(widget, kind):
            return face
    return ""

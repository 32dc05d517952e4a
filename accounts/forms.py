"""What people type to come in and to leave for good."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.verification.base import methods
from design.forms import PlainForm, Press
from foundation.errors import BadInput


class SignInForm(PlainForm):
    """An address that a code can be sent to."""

    press = (Press(_("Send me a code")),)

    address = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("We send a code to it. There is no password."),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        """The address as a letter can be sent to it."""
        try:
            return methods["email"].deliverable(self.cleaned_data["address"])
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error


class ConfirmForm(PlainForm):
    """The code that came back."""

    press = (Press(_("Sign in")),)

    code = forms.CharField(
        label=_("Six-figure code"),
        help_text=_("Spaces are fine. You can paste it."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}
        ),
        error_messages={"required": _("Please write the code from our letter.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class EraseForm(PlainForm):
    """A second yes before something that cannot be undone."""

    press = (Press(_("Erase my account"), kind="grave"),)

    sure = forms.BooleanField(
        label=_("Yes, erase my account. I know that this cannot be undone."),
        error_messages={"required": _("Please tick the box if you want us to erase your account.")},
    )

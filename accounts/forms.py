"""What people type to come in and to leave for good."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.verification.base import methods
from design.forms import PlainForm, Press
from foundation.errors import BadInput

CODE_INPUT = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}


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
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": _("Please write the code from our letter.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class DeskForm(PlainForm):
    """An official's name and password."""

    press = (Press(_("Go on")),)

    name = forms.CharField(
        label=_("Your sign-in name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Please write your sign-in name.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Please write your password.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class FactorForm(PlainForm):
    """A code of an authenticator app, or a recovery code."""

    press = (Press(_("Go on")),)

    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        help_text=_(
            "Six figures from your authenticator app. Without it: one of your ten-figure recovery codes."
        ),
        max_length=40,
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": _("Please write the code.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class AppForm(PlainForm):
    """The first code of a new authenticator app."""

    press = (Press(_("Keep this app")),)

    code = forms.CharField(
        label=_("Code that the app shows now"),
        help_text=_("Six figures. A new one comes every 30 seconds."),
        max_length=40,
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": _("Please write the code that the app shows.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PasskeyForm(PlainForm):
    """A name for a new passkey; the passkey itself is made by the browser."""

    form_id = "make-passkey"
    press = (Press(_("Make a passkey")),)

    name = forms.CharField(
        label=_("A name for it"),
        help_text=_("So that you know it again, such as the name of your phone."),
        max_length=60,
        required=False,
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodesKeptForm(PlainForm):
    """The recovery codes are written down."""

    press = (Press(_("Go on")),)

    kept = forms.BooleanField(
        label=_("I have written the codes down or printed them."),
        error_messages={"required": _("Please keep the codes first: they are not shown again.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class RemoveFactorForm(PlainForm):
    """A second yes before a second factor goes."""

    press = (Press(_("Remove it"), kind="grave"),)


class EraseForm(PlainForm):
    """A second yes before something that cannot be undone."""

    press = (Press(_("Erase my account"), kind="grave"),)

    sure = forms.BooleanField(
        label=_("Yes, erase my account. I know that this cannot be undone."),
        error_messages={"required": _("Please tick the box if you want us to erase your account.")},
    )

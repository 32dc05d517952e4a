"""What people type to come in and to leave for good."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.verification.base import method_for, methods
from design.forms import PlainForm, Press
from foundation.errors import BadInput

CODE_INPUT = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}


class AddressForm(PlainForm):
    """An address that a code can be sent to: a mailbox or, where a gateway is set, a mobile number."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Please write your e-mail address.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if methods["sms"].is_offered():
            field = self.fields["address"]
            field.label = _("Your e-mail address or mobile number")
            field.widget = forms.TextInput(attrs={"autocomplete": "email", "maxlength": "320"})
            field.error_messages["required"] = _("Please write your e-mail address or mobile number.")

    def clean_address(self) -> str:
        """The address as a code can be sent to it."""
        typed = self.cleaned_data["address"]
        try:
            return method_for(typed).deliverable(typed)
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error


class SignInForm(AddressForm):
    """Where the code that signs in is sent."""

    press = (Press(_("Send me a code")),)

    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = _("We send a code to it. There is no password.")


class AddAddressForm(AddressForm):
    """Another address of one's own."""

    press = (Press(_("Send a code to it")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = _(
            "We send a code there. The address is added when you type the code."
        )


class ProfileForm(PlainForm):
    """How we address somebody, and the language of letters."""

    press = (Press(_("Save")),)

    name = forms.CharField(
        label=_("Your name"),
        help_text=_(
            "Only you and, if you work for an agency, your colleagues see it. What you say stands under a pseudonym."
        ),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"),
        required=False,
        choices=lambda: [("", _("As the page was")), *settings.LANGUAGES],
    )


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


class ConfirmAddressForm(PlainForm):
    """The code that came to a new address."""

    press = (Press(_("Add this address")),)

    code = forms.CharField(
        label=_("Six-figure code"),
        help_text=_("Spaces are fine. You can paste it."),
        max_length=40,
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": _("Please write the code that we sent to the address.")},
    )


class RemoveAddressForm(PlainForm):
    """A second yes before an address goes."""

    press = (Press(_("Remove it"), kind="grave"),)


class EraseForm(PlainForm):
    """A second yes before something that cannot be undone."""

    press = (Press(_("Erase my account"), kind="grave"),)

    sure = forms.BooleanField(
        label=_("Yes, erase my account. I know that this cannot be undone."),
        error_messages={"required": _("Please tick the box if you want us to erase your account.")},
    )

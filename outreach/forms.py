"""The forms of the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from foundation.errors import Words
from outreach.channels import channels
from outreach.models import ChannelAccount, Delivery, Post, PostVersion


class VersionForm(forms.Form):
    """The words for one account in one language."""

    title = forms.CharField(label=_("Title or subject"), max_length=255, required=False)
    text = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A line with --- alone begins a new part where the network knows threads."),
    )
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    left_out = forms.BooleanField(label=_("Leave this account out"), required=False)

    def __init__(self, data: Any = None, *, version: PostVersion) -> None:
        self.version = version
        initial = {
            "title": version.title,
            "text": version.text,
            "link": version.link,
            "left_out": version.left_out,
        }
        super().__init__(data, prefix=f"version-{version.pk}", initial=initial)


class SubmitForm(forms.Form):
    """When it shall go out."""

    go_at = forms.DateTimeField(
        label=_("Goes out at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Left empty, it goes out as soon as it is approved."),
    )


class PostForm(forms.Form):
    """A post that is not drafted from a consultation or an outcome."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    title = forms.CharField(label=_("Title, for the desk"), max_length=255)

    def __init__(self, data: Any = None, *, agencies: "QuerySet[Agency]") -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.initial["agency"] = agencies[0].pk


class AccountForm(forms.Form):
    """A new account. The token is typed once and never shown again."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    channel = forms.ChoiceField(label=_("Channel"))
    name = forms.CharField(label=_("Name, for the desk"), max_length=80)
    base_url = forms.URLField(
        label=_("Address of the server"), required=False, assume_scheme="https", help_text=_("For Mastodon.")
    )
    token = forms.CharField(
        label=_("Token"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept sealed. Nobody sees it again, not even you."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, agencies: "QuerySet[Agency]") -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (key, channel.label) for key, channel in channels().items() if key != "feed"
        ]
        if len(agencies) == 1:
            self.initial["agency"] = agencies[0].pk


class TokenForm(forms.Form):
    """A new token for a standing account."""

    token = forms.CharField(label=_("Token"), widget=forms.PasswordInput(attrs={"autocomplete": "off"}))


class WithdrawForm(forms.Form):
    """Why a published post is taken back; everybody will read it."""

    reason = forms.ChoiceField(label=_("Why it is taken back"), choices=Delivery.Reason)


class StopForm(forms.Form):
    """What to stop, and why."""

    what = forms.ChoiceField(label=_("Stop"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Officials read it. The public register says only what was stopped, and in which role."),
    )

    def __init__(self, data: Any = None, *, accounts: "QuerySet[ChannelAccount]", broadly: bool) -> None:
        super().__init__(data)
        found: list[tuple[str, Words]] = [
            (f"account:{account.pk}", f"{account.agency}: {account.name}") for account in accounts
        ]
        if broadly:
            found += [
                (f"channel:{key}", _("Channel: %s") % channel.label) for key, channel in channels().items()
            ]
            found.insert(0, ("all", _("Everything")))
        self.fields["what"].choices = found  # type: ignore[attr-defined]


class PostsForm(forms.Form):
    """Which posts of the desk."""

    q = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("look", _("Needs a look")), *Post.State.choices],
    )


class ToldForm(forms.Form):
    """Which posts of the public list: of one agency, on one channel."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(
        self, data: Any, *, agencies: Sequence[Agency] | None, channels: Sequence[tuple[str, Words]]
    ) -> None:
        super().__init__(data, auto_id="sift_%s")
        if agencies is None:
            del self.fields["agency"]
        else:
            known = [(agency.slug, agency.name) for agency in agencies]
            self.fields["agency"].choices = [("", _("All agencies")), *known]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [("", _("All channels")), *channels]  # type: ignore[attr-defined]

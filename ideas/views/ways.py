"""Addresses between pages: back to where somebody came from, on to sign in, on to the receipt."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from consultations.models import Contribution
from foundation.keyed import address_of


def back(request: HttpRequest, otherwise: str) -> str:
    """The page named by `next` when it is one of ours, else the other."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if named and ours else otherwise


def crumbs(
    here: str, *above: tuple[str, str, str], below: bool = False, lang: str = ""
) -> list[dict[str, str]]:
    """The way to a page: below the list of ideas, then `above` as (address, words, language), then this page's own words.

    `lang` is their language where they are somebody's and not ours.
    """
    found = [{"url": reverse("ideas:index"), "label": _("Ideas")}] if below else []
    between = [{"url": url, "label": label, "lang": code} for url, label, code in above]
    return [*found, *between, {"url": "", "label": here, "lang": lang}]


def to_sign_in(request: HttpRequest) -> str:
    """The sign-in page, which comes back here."""
    return f"{reverse('accounts:sign_in')}?{urlencode({'next': request.get_full_path()})}"


def to(contribution: Contribution) -> str:
    """The page of an idea or a comment."""
    return address_of("ideas:detail", contribution.key)


def to_support(contribution: Contribution, *, pressed: bool | None = None, come_back: str = "") -> str:
    """The page where one supports it; with `pressed`, the address that a button sends to."""
    query = {} if pressed is None else {"value": "0" if pressed else "1"}
    if come_back:
        query["next"] = come_back
    address = address_of("ideas:support", contribution.key)
    return f"{address}?{urlencode(query)}" if query else address


def to_follow(contribution: Contribution, *, come_back: str = "") -> str:
    """The page where one follows an idea."""
    address = reverse("ideas:follow", args=[contribution.key])
    return f"{address}?{urlencode({'next': come_back})}" if come_back else address


def to_comment(contribution: Contribution) -> str:
    """The page where one comments on it."""
    return address_of("ideas:comment", contribution.key)


def to_voice(receipt: str) -> str:
    """The voice's own page, which its receipt opens."""
    return reverse("consultations:voice", args=[receipt])

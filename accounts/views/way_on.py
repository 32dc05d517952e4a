"""Where somebody wanted to go before we asked who they are."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

BROWSER = "code_browser"
"""Session key: the random word that binds a code to this browser."""

ADDING = "adding_browser"
"""Session key: the same word while an address is added to the account."""

NEXT = "code_next"
"""Session key: the way on, for who comes back by the letter's link."""


def wanted(request: HttpRequest) -> str:
    """The address named by `next`, when it is one of ours; else empty."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if ours else ""


def safe(request: HttpRequest, address: str) -> str:
    """That address, or one's own page."""
    return address or reverse("accounts:home")


def with_next(name: str, address: str) -> str:
    """A named page of ours that carries the way on."""
    return reverse(name) + (f"?{urlencode({'next': address})}" if address else "")

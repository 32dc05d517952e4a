"""The way out of letters: an address that is good without signing in, and for nothing else."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "notifications.leaving"


def token_for(person: int) -> str:
    """A signed token that can change this person's wish for letters, and nothing else."""
    return Signer(sep=".", salt=SALT).sign(str(person))


def person_of(token: str) -> int | None:
    """The person's key, or None for a token that we never gave."""
    try:
        return int(Signer(sep=".", salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


def wishes_url(person: int) -> str:
    """The full address of the page on which one chooses what letters one wants."""
    return settings.PUBLIC_URL + reverse("notifications:wishes", args=[token_for(person)])


def leave_url(person: int) -> str:
    """The full address that stands in a letter's headers and at its foot."""
    return settings.PUBLIC_URL + reverse("notifications:unsubscribe", args=[token_for(person)])

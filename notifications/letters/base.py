"""What a letter's file declares, and what a letter is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from notifications.models import Letter


@dataclass(frozen=True)
class Due:
    """A letter that should be there: to whom, about what, with which keys."""

    thing: str
    person: int
    language: str
    facts: dict[str, Any] = field(default_factory=dict)
    first: bool = False
    """Goes before all letters that wait: for danger to life alone."""


@dataclass(frozen=True)
class Part:
    """One part of a letter.

    `kind` is `says` (a paragraph), `head` (a heading), `quote` (an official answer, people's words), `code` (to be
    copied exactly), `goes` (a button with its address) or `link` (an address in small). `language` is given when
    the words are not in the letter's own.
    """

    kind: str
    text: str
    url: str = ""
    language: str = ""


def says(text: str, language: str = "") -> Part:
    return Part("says", text, language=language)


def head(text: str, language: str = "") -> Part:
    return Part("head", text, language=language)


def quote(text: str, language: str = "") -> Part:
    return Part("quote", text, language=language)


def code(text: str) -> Part:
    return Part("code", text)


def goes(text: str, url: str) -> Part:
    return Part("goes", text, url=url)


def link(text: str, url: str) -> Part:
    return Part("link", text, url=url)


@dataclass(frozen=True)
class Words:
    """A letter as it goes out: the line of its subject and its parts in order."""

    subject: str
    parts: Sequence[Part]
    to: str = ""
    """The address, where it is not a contact point of the person: a sign-in code to a stranger."""
    holds: Sequence[int] = ()
    """The letters that are in it, by their keys: of a digest alone."""


class Occasion(Protocol):
    """One kind of letter. The caller has switched to the letter's language."""

    key: ClassVar[str]
    group: ClassVar[str]
    """What people choose by: one of `letters.groups`; codes, receipts and duties always come."""
    may_be_left: ClassVar[bool]
    """Can people stop these letters? Then they carry the way out in their headers and at their foot."""
    kept: ClassVar[bool]
    """Does the row stay when the letter is sent? False for what must leave no trace."""

    def write(self, letter: Letter, now: datetime) -> Words | None:
        """The words as they are true now; None when there is nothing to be said any more."""

    def missing(self, now: datetime) -> Iterable[Due]:
        """Letters that should be there and perhaps are not, because a nudge was lost."""


def here(name: str, *args: Any) -> str:
    """The full address of a page of ours, in the language of the letter."""
    return settings.PUBLIC_URL + reverse(name, args=args)


def full(url: str) -> str:
    """The full address for a path of ours, or for what a page says of itself."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return settings.PUBLIC_URL + path if path else ""


def language_of(code: str) -> str:
    """One of the site's languages: this one, or the one it speaks by default."""
    known = dict(settings.LANGUAGES)
    return code if code in known else settings.LANGUAGE_CODE

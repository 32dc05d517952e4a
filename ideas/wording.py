"""Words of an idea: what is taken off what was typed, what is its title, in which script it is written."""

import unicodedata

import regex
from django.utils.text import Truncator

from ideas.models import LONGEST_TITLE

MOST_MARKS = 6
"""Signs upon one letter: Devanagari and vocalised Hebrew need up to four, a tower of sixty is no writing."""

_UNSEEN = regex.compile(r"[\p{Cc}--[\n\t]]|[\u202a-\u202e\u2066-\u2069\ufeff]", regex.VERSION1)
_TOWERS = regex.compile(rf"(\p{{M}}{{{MOST_MARKS}}})\p{{M}}+")
_SCRIPTS = {"hi": regex.compile(r"\p{Devanagari}"), "ar": regex.compile(r"\p{Arabic}")}
_LETTER = regex.compile(r"\p{L}")


def cleaned(text: str) -> str:
    """What was typed, without signs that only turn a page upside down.

    Taken off: controls (but line and tab), marks that reverse the direction of what follows, and towers of
    accents. NUL is left for the hall, which refuses it in words. Letters of every script stay as they are.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = _UNSEEN.sub(lambda found: "\x00" if found.group() == "\x00" else "", text)
    return _TOWERS.sub(r"\1", kept).strip()


def one_line(text: str) -> str:
    """A title: cleaned, on one line."""
    return " ".join(cleaned(text).split())


def title_of(text: str) -> str:
    """The first line of a text, for an idea that came without a title."""
    first = text.strip().split("\n", 1)[0].strip()
    return Truncator(first).chars(LONGEST_TITLE)


def joined(title: str, text: str) -> str:
    """An idea as one contribution: its title is the first line of its words."""
    return f"{title}\n\n{text}".strip()


def body_of(title: str, text: str) -> str:
    """The words of an idea without the line that is its title."""
    text = text.strip()
    if title and text.startswith(title):
        return text[len(title) :].strip()
    return text


def written_in(text: str, page_language: str) -> str:
    """The language to mark a text with: that of the page, unless most letters are of another script of ours."""
    letters = len(_LETTER.findall(text))
    for language, script in _SCRIPTS.items():
        if letters and len(script.findall(text)) * 2 > letters:
            return language
    return page_language if page_language not in _SCRIPTS else "en"

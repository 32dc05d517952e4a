"""How networks count the length of a text. Pure."""

import re

import regex

URL_COUNTS = 23

# A link as Mastodon's own counter finds it (config/initializers/twitter_regex.rb after twitter-text): with http or
# https, a host that has a dot, not glued to a word, `@`, `#` or `$`; brackets only in pairs; it ends in a letter,
# a digit or one of a few signs. A host without a dot is no link there and counts in full.
_PIECE = r"[^\s<>\"“”()?]"
_URL = re.compile(
    r"(?<![\w@＠$#＃])https?://(?=[^\s/:?#<>\"()]+\.[^\W\d_])[^\s/?#<>\"“”()]+"
    rf"(?:/(?:(?:{_PIECE}|\((?=[^)]){_PIECE}*(?:\({_PIECE}+\){_PIECE}*)*\))*(?:[\w/=#+-]|(?<=\))))?)?"
    r"(?:\?[^\s<>\"“”]*[\w/=#&-])?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w/])@(\w+(?:[\w.-]*\w)?)@[\w.-]+\w")


def graphemes(text: str) -> int:
    """Letters as people see them: a family emoji is one."""
    return len(regex.findall(r"\X", text))


def links(text: str) -> list[str]:
    """The links of a text, without the full stop or bracket after them."""
    return _URL.findall(text)


def mastodon_length(text: str) -> int:
    """Mastodon's count: graphemes, each link 23, a mention without its server.

    Source: github.com/mastodon/mastodon app/validators/status_length_validator.rb, read 2026-11.
    """

    return graphemes(_MENTION.sub(r"@\1", _URL.sub("x" * URL_COUNTS, text)))

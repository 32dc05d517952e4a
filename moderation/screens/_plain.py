"""A text with every sign in its plainest form and every place where it was: for finding, never for showing."""

import unicodedata

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069"
"""Signs that cannot be seen, as the inside of a regular expression's brackets."""

_DOTS = {
    "。": ".",
    "．": ".",
    "․": ".",
    "·": ".",
    "＠": "@",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "／": "/",
    "：": ":",
}


def plain(text: str) -> str:
    """The same length as the text: digits of every script as 0 to 9, wide letters as narrow, dots as dots."""
    return "".join(_sign(sign) for sign in text)


def joined(text: str) -> str:
    """The same length as the text: what is hidden between the letters of a word does not part it."""
    return text.replace("\u200b", "\u2060")


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _DOTS:
        return _DOTS[sign]
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def scripts(word: str) -> set[str]:
    """Which of Latin, Cyrillic, Greek and Armenian letters are mixed in a word: they look alike."""
    found = set()
    for sign in word:
        if sign.isalpha():
            name = unicodedata.name(sign, "").split(" ", 1)[0]
            if name in {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}:
                found.add(name)
    return found

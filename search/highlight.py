"""Marks the words that were looked for, and cuts the part of a text where they stand. Everything is escaped."""

from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.normalise import Word, stem, words

READ = 20_000
"""Characters of a long text in which a place is sought."""
AROUND = 30
"""Words of an excerpt."""
LONGEST = 400
BEFORE = 8


def marked(text: str, wanted: frozenset[str], language: str) -> SafeString:
    """The whole text, escaped, with each word that was looked for in `<mark>`."""
    return _marked(text, list(words(text)), wanted, language)


def excerpt(text: str, wanted: frozenset[str], language: str) -> SafeString:
    """About thirty words around the place with the most of the words that were looked for; else the beginning."""
    text = text[:READ]
    found = list(words(text))
    if not found:
        return SafeString("")
    hits = [at for at, word in enumerate(found) if _is_wanted(word, wanted, language)]
    first = max(0, _densest(hits) - BEFORE) if hits else 0
    last = min(len(found), first + AROUND)
    begin = found[first].start if first else 0
    end = found[last - 1].end if last < len(found) else len(text)
    cut = text[begin : min(end, begin + LONGEST)].strip()
    before, after = "… " if first else "", " …" if begin + len(cut) < len(text.rstrip()) else ""
    return format_html("{}{}{}", before, _marked(cut, list(words(cut)), wanted, language), after)


def _densest(hits: Sequence[int]) -> int:
    """Where to begin so that most hits fall within one excerpt."""
    return max(hits, key=lambda at: (sum(at <= other < at + AROUND - BEFORE for other in hits), -at))


def _marked(text: str, found: Sequence[Word], wanted: frozenset[str], language: str) -> SafeString:
    parts, at = [], 0
    for word in found:
        if _is_wanted(word, wanted, language):
            parts += [conditional_escape(text[at : word.start]), "<mark>"]
            parts += [conditional_escape(text[word.start : word.end]), "</mark>"]
            at = word.end
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part of the text is escaped above


def _is_wanted(word: Word, wanted: frozenset[str], language: str) -> bool:
    return stem(word.folded, language) in wanted

"""The index's own words, from which a slip of the finger is put right: "libary", did you mean "library"?

Only words of entries are in it, so nothing is guessed from what not everybody may read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

import regex

from foundation import normalise
from search.models import SearchWord

SHORTEST, LONGEST = 4, 20
"""Words of fewer letters are near to too many others; longer ones are no words."""
MOST_OF_A_TEXT = 2000
AT_ONCE = 500
MOST_NEAR = 60
_APOSTROPHE = regex.compile("['’ʼ＇]")
_NO_WORD = regex.compile(r"[^\p{L}\p{M}]")
"""Numbers are not guessed, nor what no keyboard writes."""


def words_of(text: str) -> dict[str, str]:
    """The words of a text that are worth guessing, folded, each as it was written first.

    Of a word with an apostrophe it is the longest part: "éclairage" of "l'éclairage".
    """
    found: dict[str, str] = {}
    for word in normalise.words(text):
        if len(found) == MOST_OF_A_TEXT:
            break
        written = max(_APOSTROPHE.split(text[word.start : word.end]), key=len)
        folded = normalise.fold(written)
        if SHORTEST <= len(folded) <= LONGEST and not _NO_WORD.search(folded):
            found.setdefault(folded, written.lower()[:48])
    return found


def note(words: Mapping[str, str]) -> None:
    """Keeps words that are not there yet. Safe to run twice and in parallel."""
    for some in _by(AT_ONCE, sorted(words)):
        there = set(SearchWord.objects.filter(key__in=some, word__in=some).values_list("word", flat=True))
        fresh = (
            SearchWord(key=key, word=word, shown=words[word])
            for word in some
            if word not in there
            for key in sorted(forms(word))
        )
        SearchWord.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)


def forget(words: Iterable[str]) -> None:
    """Lets go of words that no entry holds any more."""
    for some in _by(AT_ONCE, sorted(words)):
        SearchWord.objects.filter(word__in=some).delete()


def near(words: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """For each folded word those that are about one letter away, folded and as written; in one query."""
    asked = {word: forms(word) for word in words if SHORTEST <= len(word) <= LONGEST}
    keys = set().union(*asked.values()) if asked else set()
    if not keys:
        return {}
    rows = SearchWord.objects.filter(key__in=keys).order_by("word", "key")
    found: dict[str, dict[str, str]] = {word: {} for word in asked}
    for key, other, shown in rows.values_list("key", "word", "shown")[: MOST_NEAR * len(asked)]:
        for word, own in asked.items():
            if key in own and other != word:
                found[word][other] = shown
    return {word: list(others.items()) for word, others in found.items() if others}


def forms(word: str) -> set[str]:
    """The word itself, and it without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _by(size: int, words: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(words)
    while some := list(islice(rest, size)):
        yield some

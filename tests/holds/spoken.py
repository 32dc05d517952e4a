"""What a page says in the reader's own language: its words and those read out, but not what is marked as another's."""

import re
from html.parser import HTMLParser

from tests.portal.test_messages import catalogue

OPEN_ENDED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
READ_OUT = ("aria-label", "alt", "placeholder", "title")
NOT_SAID = ("code", "pre", "script", "style")
ENGLISH = re.compile(r"[A-Za-z]{2,}[,:]? [a-z]{2,}\b")
SUM = re.compile(r"\b(?:[0-9a-f]{4} ){3,}[0-9a-f]{4}\b")
"""A check sum in groups of four, some of which have letters alone."""
CONTENT = (
    "Anjali Deshmukh, Director of Supply",
    "A tap at the market",
    "Notice board",
    "The new pipe is paid for. What is open is when it runs.",
    "Water at night: tell us until 21 December when you need it.",
    "Water at night",
    "A new bus line",
    "mastodon, email",
    "water ",
)
"""What officials and people of the living site wrote in their own language, and codes."""


class Page(HTMLParser):
    """Collects the words of a page in `found`."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.inside: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        ours = self.inside[-1][1] if self.inside else True
        if tag in NOT_SAID or given.get("lang", self.language) != self.language:
            ours = False
        if ours:
            self.found += [given[name] or "" for name in READ_OUT if name in given]
        if tag not in OPEN_ENDED:
            self.inside.append((tag, ours))

    def handle_endtag(self, tag: str) -> None:
        while tag not in OPEN_ENDED and self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1][1]:
            self.found.append(data)


def left_in_english(html: str, language: str) -> list[str]:
    """Sentences of the interface, and any two English words, that stand in a page of another language."""
    page = Page(language)
    page.feed(html)
    sentences = {entry.msgid for entry in catalogue(language) if entry.msgstr != entry.msgid}
    said = [_without_content(" ".join(words.split())) for words in page.found]
    return [words for words in said if words in sentences or ENGLISH.search(words)]


def _without_content(words: str) -> str:
    for theirs in CONTENT:
        words = words.replace(theirs, "")
    return SUM.sub("", words)

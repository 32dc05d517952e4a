"""Foreign HTML as plain words: nothing of it is ever shown as HTML, and handles do not stay in it."""

import re
import unicodedata
from html.parser import HTMLParser

LONGEST = 10_000
SOMEBODY = "@…"

_BREAKS = {"p", "br", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}
_SILENT = {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head", "title"}
_HANDLE = re.compile(r"(?<![\w@/.])@[\w.-]*\w(?:@[\w-]+(?:[.:][\w-]+)*)?")
_LEADING = re.compile(rf"^(?:\s*{re.escape(SOMEBODY)}[\s,:]*)+")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: list[str] = []
        self.mention = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag in _BREAKS:
            self.pieces.append("\n")
        elif tag == "a":
            classes = (dict(attrs).get("class") or "").split()
            self.mention = "mention" in classes and "hashtag" not in classes
            if self.mention:
                self.pieces.append(SOMEBODY)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()
        elif tag == "a":
            self.mention = False
        elif tag in _BREAKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent and not self.mention:
            self.pieces.append(data)


def words_of(html: str) -> str:
    """The words of a remote post: no tags, no control characters, handles as `@…`, those in front left out.

    At most `LONGEST` characters. Text that only looks like a tag stays text.
    """
    parser = _Words()
    parser.feed(html)
    parser.close()
    text = _tidy("".join(parser.pieces))
    text = _HANDLE.sub(SOMEBODY, text)
    return _LEADING.sub("", text).strip()[:LONGEST]


def _tidy(text: str) -> str:
    """Without control and direction-changing characters, at most one empty line, no space at line ends."""
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if letter == "\n" or (unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _TURNING)
    )
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# Embeddings, overrides and isolates can make a line read other than it is stored (Unicode TR 36).
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Everything(_Words):
    """As `_Words`, but with the visible text of mentions, for comparing a post with what we wrote."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if self.mention:
            self.pieces.pop()
            self.mention = False


def canonical(text: str, *, html: bool = False) -> str:
    """A form in which our text and what a server made of it are equal, and other words are not.

    Only letters, marks, digits, currency signs and pictures, in Unicode's NFKC; mentions without their server.
    Servers change the rest: snac2 makes `*word*` bold, others set quotes and dashes, all cut mentions short.
    """
    if html:
        parser = _Everything()
        parser.feed(text)
        parser.close()
        text = "".join(parser.pieces)
    text = re.sub(r"(@\w[\w.-]*)@[\w.:-]+\w", r"\1", unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in text if _counts(letter))


def _counts(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return letter != "\ufe0f" and (kind[0] in "LMN" or kind in ("Sc", "So"))

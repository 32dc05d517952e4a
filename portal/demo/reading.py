"""Reads the words of the demo: `words/<consultation>/` holds `page.toml`, `voices.md` and `outcome.toml`.

`voices.md` is written as people would take minutes. Under `# Answers` (and `# Campaign`, letters that are nearly the
same on purpose) each `- who [options] points: words` is one answer. Under `# Ideas` each `## title` is followed by
`who, supporters; tags`, the words, and the talk below as a nested list. Under `# Heard elsewhere` stand replies from
another network. `(waits)` behind a name leaves it on the moderators' desk, `(spam)` has it refused.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
SHOW, WAIT, SPAM = "", "waits", "spam"
OFFICIAL = "official"
"""Who speaks for the agency; the badge is set by the service."""
ANYBODY = "heard"
"""Who replies on another network: nobody knows."""
ANSWERS, CAMPAIGN, IDEAS, HEARD = "Answers", "Campaign", "Ideas", "Heard elsewhere"

_BULLET = re.compile(
    r"(?P<indent> *)- (?P<who>[a-z]+)(?: \((?P<then>\w+)\))?(?: \[(?P<chosen>[^\]]*)\])?(?: (?P<points>\d))?: (?P<text>.+)"
)
_META = re.compile(r"(?P<who>[a-z]+)(?: \((?P<then>\w+)\))?, (?P<liked>\d+)(?:; (?P<tags>.+))?")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LETTER = re.compile(r"[^\W\d_]|[\u0900-\u097f]")


def language_of(text: str) -> str:
    """Hindi when most of it is written in Devanagari, else English."""
    letters = len(_LETTER.findall(text))
    return "hi" if letters and len(_DEVANAGARI.findall(text)) * 2 > letters else "en"


@dataclass
class Said:
    """A remark, an answer or a reply: who, the words, and what the moderator did. `below` are answers to it."""

    who: str
    text: str
    then: str = SHOW
    chosen: tuple[str, ...] = ()
    points: int = 0
    below: list["Said"] = field(default_factory=list)

    @property
    def language(self) -> str:
        return language_of(self.text)


@dataclass
class Thought:
    """An idea with its talk; `liked` citizens support it."""

    who: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
    liked: int = 0
    then: str = SHOW
    talk: list[Said] = field(default_factory=list)

    @property
    def language(self) -> str:
        return language_of(f"{self.title} {self.text}")


@dataclass
class Voices:
    """Everything that people say in one consultation."""

    answers: list[Said] = field(default_factory=list)
    campaign: list[Said] = field(default_factory=list)
    ideas: list[Thought] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)

    def all(self) -> list[Said | Thought]:
        """Each that says something, in the order of the file; the talk below ideas too."""
        talk = [remark for idea in self.ideas for remark in flat(idea.talk)]
        return [*self.answers, *self.campaign, *self.ideas, *talk, *self.heard]


def flat(talk: list[Said]) -> list[Said]:
    """Remarks with those below them, in reading order."""
    return [one for remark in talk for one in (remark, *flat(remark.below))]


@cache
def shared(name: str) -> dict[str, Any]:
    """Words that belong to no consultation: `agencies`, `topics`, `news`, `standing` (pages)."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def page(key: str) -> dict[str, Any]:
    """What is asked: structure, dates and the words by language."""
    return _toml(key, "page.toml")


@cache
def outcome(key: str) -> dict[str, Any] | None:
    """What is answered; None where nothing is yet."""
    return _toml(key, "outcome.toml") if (WORDS / key / "outcome.toml").exists() else None


def voices(key: str) -> Voices:
    """What is said; nothing where there is no such file."""
    path = WORDS / key / "voices.md"
    return parse(path.read_text(encoding="utf-8"), where=key) if path.exists() else Voices()


def consultations() -> list[str]:
    """The consultations that have words."""
    return sorted(path.parent.name for path in WORDS.glob("*/page.toml"))


def parse(text: str, *, where: str = "") -> Voices:
    """Minutes as they are written above. Raises ValueError for a line that is nothing of it."""
    found = Voices()
    section = ""
    idea: Thought | None = None
    above: list[tuple[int, Said]] = []
    last: Said | Thought | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("# "):
            section, idea, last = line[2:].strip(), None, None
        elif line.startswith("## "):
            idea = last = Thought(who="", title=line[3:].strip(), text="")
            found.ideas.append(idea)
        elif idea is not None and not idea.who:
            _describe(idea, line, f"{where}:{number}")
        elif match := _BULLET.fullmatch(line):
            last = _said(match)
            _hang(found, section, idea, above, len(match["indent"]), last)
        elif last is not None:
            last.text = f"{last.text}\n\n{line.strip()}".strip()
        elif section != CAMPAIGN:
            raise ValueError(f"{where}:{number}: nobody says this: {line}")
    return found


def _describe(idea: Thought, line: str, where: str) -> None:
    match = _META.fullmatch(line)
    if match is None:
        raise ValueError(f"{where}: below a title stands `who, supporters; tags`, not: {line}")
    idea.who, idea.then, idea.liked = match["who"], match["then"] or SHOW, int(match["liked"])
    idea.tags = tuple(tag.strip() for tag in (match["tags"] or "").split(",") if tag.strip())


def _said(match: re.Match[str]) -> Said:
    chosen = tuple(option.strip() for option in (match["chosen"] or "").split(",") if option.strip())
    points = int(match["points"] or 0)
    return Said(match["who"], match["text"].strip(), match["then"] or SHOW, chosen, points)


def _hang(
    found: Voices,
    section: str,
    idea: Thought | None,
    above: list[tuple[int, Said]],
    indent: int,
    said: Said,
) -> None:
    """Puts a line where it belongs: below the remark that is set in less, below the idea, or into its section."""
    while above and above[-1][0] >= indent:
        above.pop()
    if idea is not None:
        (above[-1][1].below if above else idea.talk).append(said)
        above.append((indent, said))
        return
    above.clear()
    {ANSWERS: found.answers, CAMPAIGN: found.campaign, HEARD: found.heard}[section].append(said)


def _toml(key: str, name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / key / name).read_text(encoding="utf-8"))

"""What an engine takes and gives. Adding an engine is one file in this folder that registers one."""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from foundation.registry import Registry

LABEL_TERMS = 3


@dataclass(frozen=True)
class Voice:
    """One contribution: its key, its words and their language, and its answer where options or points were given."""

    id: int
    text: str
    language: str = "en"
    answer: Any = None


@dataclass(frozen=True)
class Theme:
    """Something that several voices share. A machine proposes; a person gives it its name.

    `terms` are its most distinctive words as people wrote them, the strongest first; `exemplars` the keys of the
    voices closest to it, the closest first; `size` counts all voices that are coded as it.
    """

    key: str
    language: str
    label: str
    size: int
    terms: tuple[str, ...] = ()
    exemplars: tuple[int, ...] = ()


@dataclass(frozen=True)
class Coding:
    """A voice read as a theme; `weight` (0 to 1) is how much of it."""

    voice_id: int
    theme_key: str
    weight: float


@dataclass(frozen=True)
class Result:
    """What an engine found, with everything needed to do it again.

    `uncoded` are the voices that it could read as nothing, and `reasons` says why, by key. `figures` are numbers of
    the whole, such as a mean. `seconds` is how long it took.
    """

    engine: str
    version: str
    parameters: Mapping[str, Any]
    themes: tuple[Theme, ...]
    codings: tuple[Coding, ...]
    uncoded: tuple[int, ...]
    reasons: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0

    def books(self, voices: Iterable[Voice]) -> str:
        """Do the books balance? Empty when they do, else what is wrong.

        Every voice is coded or uncoded and never both, nobody else is, and each theme's size is what is coded as it.
        """
        given = [voice.id for voice in voices]
        coded = {coding.voice_id for coding in self.codings}
        pairs = {(coding.voice_id, coding.theme_key) for coding in self.codings}
        sizes = {theme.key: 0 for theme in self.themes}
        for coding in self.codings:
            if coding.theme_key not in sizes:
                return f"a voice is coded as {coding.theme_key}, which is no theme"
            sizes[coding.theme_key] += 1
        if len(self.themes) != len(sizes):
            return "two themes have the same key"
        if len(pairs) != len(self.codings):
            return "a voice is coded twice as the same theme"
        if coded & set(self.uncoded):
            return "a voice is coded and uncoded"
        if len(self.uncoded) != len(set(self.uncoded)):
            return "a voice is uncoded twice"
        if coded | set(self.uncoded) != set(given):
            return "a voice is neither coded nor uncoded, or not one that was given"
        if any(theme.size != sizes[theme.key] for theme in self.themes):
            return "the size of a theme is not the number of voices coded as it"
        return ""


class Engine(ABC):
    """Base of every engine. Subclasses set `key` and `version` (changed with every change of the method)."""

    key: ClassVar[str]
    version: ClassVar[str]

    @abstractmethod
    def read(self, voices: Sequence[Voice]) -> Result:
        """Reads all voices. The same voices in any order give the same result but for `seconds`.

        Raises ValueError when two voices have the same key.
        """


engines: Registry[Engine] = Registry("engine")


def label_of(terms: Sequence[str]) -> str:
    """The name that a machine gives to a theme: its three strongest words."""
    return ", ".join(terms[:LABEL_TERMS])


def in_order(voices: Sequence[Voice]) -> list[Voice]:
    """Voices by key, so that the order in which they came in changes nothing."""
    ordered = sorted(voices, key=lambda voice: voice.id)
    if len({voice.id for voice in ordered}) != len(ordered):
        raise ValueError("Two voices have the same key.")
    return ordered


class Stopwatch:
    """How long an engine takes: `seconds()` since it was made."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def seconds(self) -> float:
        """Seconds since the start, to the millisecond."""
        return round(time.perf_counter() - self._began, 3)

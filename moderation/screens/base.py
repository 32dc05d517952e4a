"""What a screen is: it reads plain text with a little context and points at places. It knows no model.

A screen can only find. What is found is held until a moderator has read it; nothing is ever refused by one.
"""

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise

from foundation.registry import Registry

logger = logging.getLogger(__name__)
LONGEST = 20_000
"""A screen reads no more letters than this; words come in with at most as many."""


@dataclass(frozen=True)
class Earlier:
    """Something that was said before in the same consultation."""

    text: str
    same_writer: bool = False


@dataclass(frozen=True)
class Context:
    """What a screen may know beside the text: what was said before (bounded, newest first), and our own hosts."""

    language: str = "en"
    earlier: tuple[Earlier, ...] = ()
    own_hosts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Finding:
    """A place in the text, `start` up to and without `end` (both 0: the whole), and what it seems to be."""

    screen: str
    note: str | Promise
    start: int = 0
    end: int = 0


class Screen(ABC):
    """One automatic check. `key` is its name in rows and, behind `check_`, the code under which it holds."""

    key: ClassVar[str]
    label: ClassVar[Any]

    @abstractmethod
    def look(self, text: str, context: Context) -> list[Finding]:
        """What a person should look at, in the order of the text; never raises for any text."""


screens: Registry[Screen] = Registry("screen")


def look(text: str, context: Context) -> list[Finding]:
    """What all screens find. One that breaks is logged and left out: the others still look."""
    found: list[Finding] = []
    for screen in screens.values():
        try:
            found += screen.look(text[:LONGEST], context)
        except Exception:
            logger.exception("A screen broke", extra={"screen": screen.key})
    return sorted(found, key=lambda finding: (finding.start, finding.end))

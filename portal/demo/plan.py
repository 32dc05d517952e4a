"""What is asked in Nadipur, and when: the structure, read from `words/<consultation>/page.toml`."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from portal.demo import reading

SPACE = uuid.UUID("6f1c4a5e-3c52-5d0e-9a55-6e6164697075")
SOON, AHEAD = -0.2, 4
"""So many days before it opens a consultation is announced, and at least some hours ago."""


def key_of(*path: str) -> uuid.UUID:
    """The same identity on every machine, so that two demos are the same."""
    return uuid.uuid5(SPACE, "/".join(path))


@dataclass(frozen=True)
class Ask:
    """One question; its prompt, hint, options and ends stand in the page's words by language, under `key`."""

    key: str
    instrument: str
    visibility: str
    options: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """One consultation. Days count from now; `first_closes` is the day that was announced first, if it moved.

    `draft` is one that nobody has released yet.
    """

    key: str
    agency: str
    topics: tuple[str, ...]
    opens: float
    closes: float
    answer: int
    asks: tuple[Ask, ...]
    moderation: str
    first_closes: float | None
    draft: bool

    @property
    def announced(self) -> float:
        """The day on which its page was released."""
        return min(self.opens - AHEAD, SOON)

    @property
    def until(self) -> float:
        """The day until which people could speak: the close, or now."""
        return min(self.closes, 0)


def _plan(key: str) -> Plan:
    page = reading.page(key)
    asks = tuple(
        Ask(
            asked["key"],
            asked["instrument"],
            asked["visibility"],
            tuple(asked.get("options", ())),
            asked.get("settings", {}),
        )
        for asked in page["ask"]
    )
    return Plan(
        key=key,
        agency=page["agency"],
        topics=tuple(page["topics"]),
        opens=page["opens"],
        closes=page["closes"],
        answer=page["answer"],
        asks=asks,
        moderation=page["moderation"],
        first_closes=page.get("first_closes"),
        draft=page.get("draft", False),
    )


PLANS = tuple(_plan(key) for key in reading.consultations())

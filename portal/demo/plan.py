"""What is asked in Nadipur, and when: the structure, without words."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from portal.demo.people import SCHOOLS, WATERWAYS

SPACE = uuid.UUID("6f1c4a5e-3c52-5d0e-9a55-6e6164697075")


def key_of(*path: str) -> uuid.UUID:
    """The same identity on every machine, so that two demos are the same."""
    return uuid.uuid5(SPACE, "/".join(path))


@dataclass(frozen=True)
class Ask:
    """One question; its prompt, hint, options and ends stand in the pages by language, under `key`."""

    key: str
    instrument: str
    visibility: str
    options: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """One consultation. Days count from now; `first_closes` is the day that was announced first, if it moved."""

    key: str
    agency: str
    opens: float
    closes: float
    answer: int
    asks: tuple[Ask, ...]
    moderation: str = "before"
    closed_early: bool = False


PLANS = (
    Plan(
        "canal",
        WATERWAYS,
        opens=-30,
        closes=-9,
        answer=28,
        closed_early=True,
        asks=(
            Ask("when", "choice", "summarised", ("morning", "evening", "twice"), {"most": 1}),
            Ask("smell", "rating", "summarised", settings={"points": 5}),
            Ask("why", "free_text", "summarised", settings={"longest": 2000}),
        ),
    ),
    Plan(
        "reading",
        SCHOOLS,
        opens=-25,
        closes=-4,
        answer=35,
        closed_early=True,
        asks=(
            Ask(
                "for",
                "choice",
                "summarised",
                ("homework", "lending", "computers", "stories", "grownups"),
                {"most": 2},
            ),
            Ask("today", "rating", "summarised", settings={"points": 5}),
            Ask("who", "free_text", "summarised", settings={"longest": 2000}),
        ),
    ),
    Plan(
        "steps",
        WATERWAYS,
        opens=-12,
        closes=18,
        answer=60,
        asks=(
            Ask("which", "choice", "summarised", ("lantern", "ferry", "school", "potters"), {"most": 2}),
            Ask("safe", "rating", "summarised", settings={"points": 5}),
            Ask("why", "free_text", "after_close", settings={"longest": 2000}),
            Ask("ideas", "ideas", "at_once"),
        ),
    ),
    Plan(
        "buses",
        SCHOOLS,
        opens=-11,
        closes=3,
        answer=24,
        moderation="after",
        asks=(
            Ask("time", "choice", "summarised", ("seven", "half", "eight"), {"most": 1}),
            Ask("why", "free_text", "at_once", settings={"longest": 1000}),
            Ask("ideas", "ideas", "at_once"),
        ),
    ),
    Plan(
        "boats",
        WATERWAYS,
        opens=6,
        closes=34,
        answer=80,
        asks=(
            Ask("speed", "choice", "summarised", ("walk", "run", "free"), {"most": 1}),
            Ask("noise", "rating", "summarised", settings={"points": 5}),
            Ask("why", "free_text", "after_close", settings={"longest": 2000}),
        ),
    ),
)

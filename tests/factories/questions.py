"""Questions and phases as the editor stores them, each with an identity of its own."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any


def block(
    instrument: str, prompt: str, *, visibility: str, required: bool = False, hint: str = "", **own: Any
) -> dict[str, Any]:
    """A question as the editor stores it, with an identity of its own."""
    value = {"prompt": prompt, "hint": hint, "required": required, "visibility": visibility, **own}
    return {"type": instrument, "id": str(uuid.uuid4()), "value": value}


def free_text(
    prompt: str = "What should change first, and why?",
    visibility: str = "summarised",
    longest: int = 3000,
    **more: Any,
) -> dict[str, Any]:
    """A question answered in one's own words."""
    return block("free_text", prompt, visibility=visibility, longest=longest, **more)


def choice(
    prompt: str = "When do you need water most?",
    options: Sequence[str] = ("In the morning", "At noon", "At night"),
    visibility: str = "summarised",
    most: int = 1,
    **more: Any,
) -> dict[str, Any]:
    """A choice between options, each with an identity of its own."""
    items = [{"type": "item", "id": str(uuid.uuid4()), "value": option} for option in options]
    return block("choice", prompt, visibility=visibility, options=items, most=most, **more)


def rating(
    prompt: str = "How good is the water?", visibility: str = "summarised", points: int = 5, **more: Any
) -> dict[str, Any]:
    """A scale with words at both ends."""
    return block("rating", prompt, visibility=visibility, points=points, low="Bad", high="Good", **more)


def ideas(
    prompt: str = "What should we try?",
    visibility: str = "at_once",
    categories: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """People's own ideas, in categories if there are any."""
    if categories:
        more["categories"] = [{"type": "item", "id": str(uuid.uuid4()), "value": name} for name in categories]
    return block("ideas", prompt, visibility=visibility, **more)


def default_questions() -> list[dict[str, Any]]:
    """One of each instrument."""
    return [free_text(), choice(), rating(), ideas()]


def phase(
    title: str, opens_at: datetime, closes_at: datetime, questions: list[dict[str, Any]]
) -> dict[str, Any]:
    """A phase as the editor stores it."""
    value = {
        "title": title,
        "opens_at": opens_at.isoformat(),
        "closes_at": closes_at.isoformat(),
        "questions": questions,
    }
    return {"type": "phase", "id": str(uuid.uuid4()), "value": value}

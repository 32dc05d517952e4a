"""Named places in lower templates that rooms above fill: `{% slot "contribution.actions" contribution %}`.

A room's `slots.py` is read at start and calls `put`; a place that nobody fills stays empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

Context = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Filling:
    """One template that a room shows in a place."""

    template: str
    order: int
    context: Context | None


_places: dict[str, list[Filling]] = {}


def put(place: str, *, template: str, order: int = 100, context: Context | None = None) -> None:
    """Shows `template` in `place`; lower `order` comes first.

    `context(request, *arguments)` gives the template's values, or None when nothing is to be shown now.
    Without it the template gets the request alone. The same template twice in one place raises ValueError.
    """
    fillings = _places.setdefault(place, [])
    if any(filling.template == template for filling in fillings):
        raise ValueError(f"{template} is in the place {place!r} already")
    fillings.append(Filling(template, order, context))
    fillings.sort(key=lambda filling: (filling.order, filling.template))


def fillings(place: str) -> tuple[Filling, ...]:
    """What rooms put into a place, in order."""
    return tuple(_places.get(place, ()))


def render(place: str, request: HttpRequest | None, *arguments: Any) -> SafeString:
    """All fillings of a place as HTML, one after the other; each sees only its own values and the request."""
    parts: list[str] = []
    for filling in fillings(place):
        values = filling.context(request, *arguments) if filling.context else {}
        if values is not None:
            parts.append(render_to_string(filling.template, values, request=request))
    return mark_safe("".join(parts))  # noqa: S308 - each part is a rendered, escaped template

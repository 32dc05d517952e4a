"""Named places in lower templates that rooms above fill: `{% slot "contribution.actions" contribution %}`.

A room's `slots.py` is read at start and calls `put`; a place that nobody fills stays empty.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context as Values
from django.template.loader import get_template, render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

Context = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Filling:
    """One template that a room shows in a place."""

    template: str
    order: int
    context: Context | None
    same: bool = False


_places: dict[str, list[Filling]] = {}
_same: dict[tuple[Any, ...], str] = {}


def put(
    place: str, *, template: str, order: int = 100, context: Context | None = None, same: bool = False
) -> None:
    """Shows `template` in `place`; lower `order` comes first.

    `context(request, *arguments)` gives the template's values, or None when nothing is to be shown now.
    Without it the template gets the request alone. The same template twice in one place raises ValueError.
    `same` says that it is the same on every page in one language, whoever reads and whatever the database holds:
    it is then made once in a process.
    """
    fillings = _places.setdefault(place, [])
    if any(filling.template == template for filling in fillings):
        raise ValueError(f"{template} is in the place {place!r} already")
    fillings.append(Filling(template, order, context, same))
    fillings.sort(key=lambda filling: (filling.order, filling.template))


def fillings(place: str) -> tuple[Filling, ...]:
    """What rooms put into a place, in order."""
    return tuple(_places.get(place, ()))


def render(
    place: str, request: HttpRequest | None, *arguments: Any, known: dict[str, Any] | None = None
) -> SafeString:
    """All fillings of a place as HTML, one after the other; each sees only its own values and the request.

    `known` is what every template of this page knows, when it was asked already.
    """
    parts: list[str] = []
    for filling in fillings(place):
        if filling.same and not settings.DEBUG:
            key = (
                filling.template,
                get_language(),
                get_script_prefix(),
                get_urlconf(),
                settings.ROOT_URLCONF,
            )
            if key not in _same:
                _same[key] = _filled(filling, request, arguments, known)
            parts.append(_same[key])
        else:
            parts.append(_filled(filling, request, arguments, known))
    return mark_safe("".join(parts))  # noqa: S308 - each part is a rendered, escaped template


def _filled(
    filling: Filling, request: HttpRequest | None, arguments: Sequence[Any], known: dict[str, Any] | None
) -> str:
    values = filling.context(request, *arguments) if filling.context else {}
    if values is None:
        return ""
    if known is None:
        return render_to_string(filling.template, values, request=request)
    template: Any = get_template(filling.template)
    return str(template.template.render(Values({**known, **values})))

"""The officials' desk in the Wagtail admin: menu items for those who need them, and what waits for whom."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from foundation.errors import Words


class ShownTo(MenuItem):
    """A menu item that stands there for those alone of whom `to(person)` is true."""

    def __init__(self, label: Words, url: str, *, to: Callable[[Any], bool], **more: Any) -> None:
        super().__init__(label, url, **more)
        self._to = to

    def is_shown(self, request: HttpRequest) -> bool:
        return self._to(request.user)


def ways(menu: Menu, request: HttpRequest) -> Iterator[MenuItem]:
    """What somebody finds in a menu of the admin and in the menus below it, in its order."""
    for item in sorted(menu.menu_items_for_request(request), key=lambda one: one.order):
        if isinstance(item, SubmenuMenuItem):
            yield from ways(item.menu, request)
        else:
            yield item


@dataclass(frozen=True)
class Waiting:
    """One line of what waits for somebody: how many of what, how many of them too late, and where it is done."""

    words: Words
    number: int
    url: str
    overdue: int = 0


Source = Callable[[Any, datetime], Iterable[Waiting]]
_sources: list[Source] = []


def tells(source: Source) -> Source:
    """Decorator: this function, `(person, now)` to `Waiting`s, tells what of its room waits for somebody.

    A room has it in its `waits.py`; the number of its queries does not grow with what waits.
    """
    _sources.append(source)
    return source


def waiting_for(person: Any, now: datetime) -> list[Waiting]:
    """All that waits for this person, what is overdue first; lines of which there is nothing are left out."""
    found = [line for source in _sources for line in source(person, now) if line.number]
    return sorted(found, key=lambda line: not line.overdue)


def numbers(keys: Iterable[str]) -> list[int]:
    """Keys of rows that a form named, as far as they can be some."""
    return [int(key) for key in keys if key.isdecimal() and len(key) < 16]

"""Lists that editors can put into a page: each room offers its own, and a page names them by key.

    listings.register(Listing("ideas.newest", _("The newest ideas"), rows=newest_rows, more="ideas:index"))

`rows(request, most)` gives at most so many lines as `components/row.html` takes them, in the reader's language.
A list whose room is not there is simply not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from foundation.registry import Registry

Rows = Callable[[HttpRequest | None, int], list[dict[str, Any]]]


@dataclass(frozen=True)
class Listing:
    """One list: its key, its name at the desk, its lines, and the name of the address where all of them are."""

    key: str
    label: str | Promise
    rows: Rows
    more: str


listings: Registry[Listing] = Registry("list for pages")


def choices() -> list[tuple[str, str | Promise]]:
    """What an editor can choose from."""
    return [(key, listings[key].label) for key in listings]

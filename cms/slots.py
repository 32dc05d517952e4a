"""What this room puts into places: the lists of the opening page, lines in masthead and foot, the alert."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.frame import frame
from cms.views.home import lists
from cms.views.pages import news, way_back
from foundation import slots


def door(request: HttpRequest | None) -> dict[str, Any] | None:
    """The last door, when an administrator chose one."""
    links = frame(request).links.get("door")
    return {"link": links[0]} if links else None


def lines(place: str) -> Callable[[HttpRequest | None], dict[str, Any]]:
    """The pages that stand in one column of the foot."""
    ours = {
        "take_part": lambda: [{"url": reverse("cms:topics"), "label": _("Topics")}],
        "our_side": lambda: [{"url": reverse("cms:you_said"), "label": _("You said, we did")}],
        "your_rights": lambda: [{"url": reverse("accounts:home"), "label": _("What we know about you")}],
    }[place]

    def links(request: HttpRequest | None) -> dict[str, Any]:
        return {"links": [*ours(), *frame(request).links.get(place, [])]}

    return links


def other_ways(request: HttpRequest | None) -> dict[str, Any] | None:
    """How to take part without this site, in approved words."""
    words = frame(request).other_ways
    return {"words": words} if words else None


def alert(request: HttpRequest | None) -> dict[str, Any] | None:
    """What stands above every page, while it stands."""
    found = frame(request).alert
    return {"alert": found} if found else None


slots.put("cms.home", template="cms/_home_lists.html", order=10, context=lists)
slots.put("cms.crumbs", template="cms/_crumbs.html", order=10, context=way_back)
slots.put("cms.news", template="cms/_news.html", order=10, context=news)
slots.put("masthead.doors", template="cms/_door.html", order=90, context=door)
slots.put("page.alert", template="cms/_alert.html", order=10, context=alert)
slots.put("foot.other_ways", template="cms/_other_ways.html", order=10, context=other_ways)
for place, order in (("take_part", 20), ("our_side", 20), ("your_rights", 50)):
    slots.put(f"foot.{place}", template="cms/_foot.html", order=order, context=lines(place))

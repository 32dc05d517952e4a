"""What search shows elsewhere: the way to it in the masthead, and a box where a page is not there."""

from typing import Any

from django.http import HttpRequest

from foundation import slots

LOOKED_FOR = 404


def find(request: HttpRequest, status: int) -> dict[str, Any] | None:
    """The box, on the page that says that nothing is here."""
    return {"status": status} if status == LOOKED_FOR else None


slots.put("masthead.me", template="search/_me.html", order=10)
slots.put("error.search", template="search/_find.html", order=10, context=find)

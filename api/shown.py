"""Pieces of answers that several nouns share."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest

from consultations.models import Topic


def topic(row: Topic, language: str) -> dict[str, Any]:
    """A topic by its slug and its name. Fetch `titles` before."""
    return {"slug": row.slug, "name": row.title_in(language)}


def page(
    request: HttpRequest, found: list[Any], limit: int, items: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """A page of a list with the address of the next one. `found` holds one more than the page when there is one."""
    shown = list(items)
    if len(found) <= limit:
        return {"items": shown, "next": None}
    last = shown[-1]
    after = next(last[name] for name in ("key", "slug", "seq") if name in last)
    asked = {**request.GET.dict(), "after": after}
    return {"items": shown, "next": f"{full(request.path)}?{urlencode(asked)}"}


def full(url: str) -> str:
    """The full address of a page of ours."""
    path = urlsplit(url).path
    return settings.PUBLIC_URL + path if path else ""

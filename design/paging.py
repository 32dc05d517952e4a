"""Addresses and words for the pages of a list."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _

from design.words import number


def page_address(request: HttpRequest, page: int) -> str:
    """This list at another page, with its filters kept; the first page has no number in its address."""
    query = request.GET.copy()
    query.pop("page", None)
    if page > 1:
        query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def page_links(request: HttpRequest, page: Page) -> dict[str, Any]:
    """What `components/pages.html` shows: the count in words, the numbers, the way back and on."""
    paginator = page.paginator
    numbers: list[dict[str, Any]] = []
    for at in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(at, int):
            numbers.append({"number": at, "url": page_address(request, at), "current": at == page.number})
        else:
            numbers.append({"gap": True})
    words = _("%(first)s to %(last)s of %(all)s") % {
        "first": number(page.start_index()),
        "last": number(page.end_index()),
        "all": number(paginator.count),
    }
    return {
        "words": words,
        "numbers": numbers,
        "before": page_address(request, page.number - 1) if page.has_previous() else "",
        "after": page_address(request, page.number + 1) if page.has_next() else "",
    }

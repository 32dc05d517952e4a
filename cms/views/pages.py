"""Standing pages and news: their way back, their other languages, their lists."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.models import Page

from cms import queries

A_PAGE = 20


def way_back(request: HttpRequest, page: Page) -> dict[str, Any]:
    """The pages above this one, without the opening page, which the crumbs bring themselves."""
    above = page.get_ancestors().live().filter(depth__gt=2)
    items = [{"url": parent.get_url(request), "label": parent.title} for parent in above]
    return {"items": [*items, {"label": page.title}]}


def news(request: HttpRequest, page: Any) -> dict[str, Any]:
    """The list of news as rows."""
    found = Paginator(queries.news_below(page), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"title": item.title, "url": item.get_url(request), "text": item.introduction, "date": item.day}
        for item in found.object_list
    ]
    return {"rows": rows, "page_obj": found}

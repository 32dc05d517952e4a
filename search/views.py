"""The page of search: words by GET, hits in words, and two ways on where nothing was found."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Agency
from foundation import clock
from search import facets, queries
from search.engines import Hit, SearchRequest, SearchResult
from search.engines.base import LONGEST_QUERY
from search.facets import FACETS
from search.forms import SearchForm
from search.sources import KINDS

PAGE = 20
LAST = 250
"""Pages that can be turned to: 5,000 hits; beyond it other words help more."""
LABELS = {
    "kind": (gettext_lazy("What it is"), gettext_lazy("Everything")),
    "agency": (gettext_lazy("Agency"), gettext_lazy("All agencies")),
    "topic": (gettext_lazy("Topic"), gettext_lazy("All topics")),
    "language": (gettext_lazy("Language"), gettext_lazy("All languages")),
    "state": (gettext_lazy("How far it is"), gettext_lazy("All of them")),
}
"""Of each facet its name, and what it is called when it narrows nothing."""
ORDERED = ("kind", "state")
"""Facets whose values have an order of their own; others stand by number."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What holds the words that were asked for. A failure of the engine is said, with status 503."""
    reader = get_language() or settings.LANGUAGE_CODE
    typed = request.GET.get("q", "")
    if len(typed) > LONGEST_QUERY:  # it stands in every link of the page
        shorter = request.GET.copy()
        shorter["q"] = typed[:LONGEST_QUERY]
        request.GET = shorter  # type: ignore[assignment]
    names: dict[str, Mapping[str, str | Promise]] = {
        "kind": KINDS,
        "agency": dict(Agency.objects.values_list("slug", "name")),
        "topic": facets.topics(reader),
        "language": dict(settings.LANGUAGES),
        "state": facets.STATES,
    }
    form = SearchForm(request.GET, agencies=names["agency"].items(), topics=names["topic"].items())
    asked = form.asked()
    context: dict[str, Any] = {
        "form": form,
        "words": asked["q"],
        "crumbs": [{"label": _("Search")}],
        "without_filters": _address({"q": asked["q"]}) if any(asked[facet] for facet in FACETS) else "",
    }
    number = _page_number(request.GET.get("page", ""))
    try:
        result = _found(asked, number, reader)
        if number > 1 and result.total and not result.hits:
            number = min(-(-result.total // PAGE), LAST)
            result = _found(asked, number, reader)
    except queries.SearchFailed as failure:
        return render(request, "search/results.html", {**context, "failure": failure}, status=failure.status)
    page = Paginator(range(min(result.total, LAST * PAGE)), PAGE).get_page(number)
    narrowed = [_facet(facet, names[facet], result, asked) for facet in FACETS]
    context |= {
        "result": result,
        "cut": result.cut or len(typed) > LONGEST_QUERY,
        "rows": [_row(hit, names["agency"]) for hit in result.hits],
        "page": page if page.paginator.num_pages > 1 else None,
        "kinds": narrowed[0]["items"] if len(narrowed[0]["items"]) > 2 or asked["kind"] else [],
        "facets": [found for found in narrowed[1:] if len(found["items"]) > 2],
        "chips": [
            {"label": names[facet][asked[facet]], "url": _address({**asked, facet: ""})}
            for facet in FACETS[1:]
            if asked[facet]
        ],
        "meant_url": _address({**(asked if result.meant_filtered else {}), "q": result.meant}),
    }
    return render(request, "search/results.html", context)


def _found(asked: dict[str, str], number: int, reader: str) -> SearchResult:
    chosen = {facet: asked[facet] for facet in FACETS}
    wanted = SearchRequest(
        text=asked["q"],
        reader=reader,
        offset=(number - 1) * PAGE,
        limit=PAGE,
        **chosen,  # type: ignore[arg-type]
    )
    return queries.search(wanted, now=clock.now())


def _page_number(given: str) -> int:
    return min(max(int(given), 1), LAST) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _row(hit: Hit, agencies: Mapping[str, str | Promise]) -> dict[str, Any]:
    meta: list[dict[str, Any]] = (
        [{"icon": "home", "text": agencies[hit.agency]}] if hit.agency in agencies else []
    )
    if hit.at is not None:
        meta.append({"icon": "clock", "text": clock.day(hit.at)})
    return {
        "title": hit.marked_title,
        "url": hit.url,
        "lang": hit.language,
        "text": hit.excerpt,
        "tag": KINDS.get(hit.kind, hit.kind),
        "tag_kind": "people" if hit.kind in ("idea", "answer", "comment", "heard") else "official",
        "meta": meta,
    }


def _facet(
    facet: str, names: Mapping[str, str | Promise], result: SearchResult, asked: dict[str, str]
) -> dict[str, Any]:
    """One facet as links that narrow: everything first, then each value with how many it would leave."""
    label, everything = LABELS[facet]
    counts = result.facets.get(facet, {})
    values = [
        value for value in (names if facet in ORDERED else counts) if value in counts and value in names
    ]
    return {
        "label": label,
        "items": [
            {"url": _address({**asked, facet: ""}), "label": everything, "current": not asked[facet]},
            *(
                {
                    "url": _address({**asked, facet: value}),
                    "label": names[value],
                    "count": counts[value],
                    "current": asked[facet] == value,
                    "lang": value if facet == "language" else "",
                }
                for value in values
            ),
        ],
    }


def _address(asked: Mapping[str, str]) -> str:
    """This page with these words and filters, from its first result."""
    return f"{reverse('search:results')}?{urlencode({name: value for name, value in asked.items() if value})}"

"""The page of search: words by GET, hits in words, and two ways on where nothing was found."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Agency
from foundation import clock
from search import queries
from search.engines import Hit, SearchRequest, SearchResult
from search.forms import SearchForm
from search.sources import KINDS

PAGE = 20
LAST = 250
"""Pages that can be turned to: 5,000 hits; beyond it other words help more."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What holds the words that were asked for. A failure of the engine is said, with status 503."""
    agencies = dict(Agency.objects.values_list("slug", "name"))
    form = SearchForm(request.GET, agencies=agencies.items())
    asked = form.asked()
    context: dict[str, Any] = {
        "form": form,
        "words": asked["q"][:200],
        "crumbs": [{"label": _("Search")}],
        "without_filters": _without_filters(asked),
    }
    number = _page_number(request.GET.get("page", ""))
    try:
        result = _found(asked, number)
        if number > 1 and result.total and not result.hits:
            number = min(-(-result.total // PAGE), LAST)
            result = _found(asked, number)
    except queries.SearchFailed as failure:
        return render(request, "search/results.html", {**context, "failure": failure}, status=failure.status)
    page = Paginator(range(min(result.total, LAST * PAGE)), PAGE).get_page(number)
    context |= {
        "result": result,
        "rows": [_row(hit, agencies) for hit in result.hits],
        "page": page if page.paginator.num_pages > 1 else None,
        "kinds": _kinds(result, asked),
    }
    return render(request, "search/results.html", context)


def _found(asked: dict[str, str], number: int) -> SearchResult:
    wanted = SearchRequest(
        text=asked["q"],
        kind=asked["kind"],
        agency=asked["agency"],
        language=asked["language"],
        reader=get_language() or settings.LANGUAGE_CODE,
        offset=(number - 1) * PAGE,
        limit=PAGE,
    )
    return queries.search(wanted, now=clock.now())


def _page_number(given: str) -> int:
    return min(max(int(given), 1), LAST) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _row(hit: Hit, agencies: dict[str, str]) -> dict[str, Any]:
    meta: list[dict[str, Any]] = (
        [{"icon": "home", "text": agencies[hit.agency]}] if hit.agency in agencies else []
    )
    if hit.at is not None:
        meta.append({"icon": "clock", "text": localtime(hit.at).date()})
    return {
        "title": hit.marked_title,
        "url": hit.url,
        "lang": hit.language,
        "text": hit.excerpt,
        "tag": KINDS.get(hit.kind, hit.kind),
        "tag_kind": "people" if hit.kind in ("idea", "answer", "comment", "heard") else "official",
        "meta": meta,
    }


def _kinds(result: SearchResult, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds that hold the words, as links that narrow, each with how many."""
    counts = result.facets.get("kind", {})
    if len(counts) < 2 and not asked["kind"]:
        return []
    kept = {name: value for name, value in asked.items() if value and name != "kind"}
    everything = {"url": f"?{urlencode(kept)}", "label": _("Everything"), "current": not asked["kind"]}
    return [
        everything,
        *(
            {
                "url": f"?{urlencode({**kept, 'kind': kind})}",
                "label": KINDS[kind],
                "count": counts[kind],
                "current": asked["kind"] == kind,
            }
            for kind in KINDS
            if kind in counts
        ),
    ]


def _without_filters(asked: dict[str, str]) -> str:
    """The same words everywhere; empty when nothing narrows."""
    if not any(value for name, value in asked.items() if name != "q"):
        return ""
    return f"{reverse('search:results')}?{urlencode({'q': asked['q']})}"

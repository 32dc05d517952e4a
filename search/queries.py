"""Reads: what was found, asked for again at its source before anybody sees it."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from foundation.errors import PortalError
from search import facets
from search.engines import Alike, Hit, SearchRequest, SearchResult, engine
from search.sources import sources

logger = logging.getLogger(__name__)


class SearchFailed(PortalError):
    """The engine did not answer. It is never shown as nothing found."""

    status = 503
    title = _("Search does not answer just now")


def search(request: SearchRequest, *, now: datetime) -> SearchResult:
    """Finds what everybody may read and holds every word. Raises SearchFailed when the engine fails.

    Hits that may no longer be read are left out, and the total says so; each hit has its address of today. Where
    nothing was found, `meant` are words that do find something that may be read.
    """
    try:
        result = _found(request, now)
        if result.total or not result.asked:
            return result
        meant = engine().meant(request)
        for asked in dict.fromkeys((request, _unfiltered(request))) if meant else ():
            if _found(replace(asked, text=meant, offset=0, limit=1), now).hits:
                return replace(result, meant=meant, meant_filtered=asked == request)
        return result
    except DatabaseError as error:
        raise _failed(error) from error


def _found(request: SearchRequest, now: datetime) -> SearchResult:
    request = replace(request, consultations=facets.within(request.topic, request.state, now))
    result = engine().query(request)
    hits = readable(result.hits, now=now, language=request.reader)
    gone = len(result.hits) - len(hits)
    known = facets.subjects(
        {cell.consultation for cell in result.cells if cell.consultation is not None}, now
    )
    return replace(
        result,
        hits=tuple(hits),
        total=max(0, result.total - gone),
        facets=facets.count(result.cells, request, known),
    )


def _unfiltered(request: SearchRequest) -> SearchRequest:
    return replace(request, kind="", agency="", topic="", language="", state="")


def similar(text: str, *, language: str, now: datetime, kind: str = "", limit: int = 5) -> list[Alike]:
    """What everybody may read and is like a text, the likest first. Raises SearchFailed when the engine fails."""
    try:
        found = engine().similar(text, language=language, kind=kind, limit=limit * 2)
        shown = readable((alike.hit for alike in found), now=now, language=language)
    except DatabaseError as error:
        raise _failed(error) from error
    by_key = {(hit.source, hit.key): hit for hit in shown}
    kept = [
        replace(alike, hit=by_key[alike.hit.source, alike.hit.key])
        for alike in found
        if (alike.hit.source, alike.hit.key) in by_key
    ]
    return kept[:limit]


def readable(hits: Iterable[Hit], *, now: datetime, language: str) -> list[Hit]:
    """The hits that everybody may still read, in their order, with the address for a reader of this language."""
    hits = list(hits)
    keys: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        keys[hit.source].append(hit.key)
    urls: dict[str, Mapping[str, str]] = {
        source: sources[source].still_public(own, now, language)
        for source, own in keys.items()
        if source in sources
    }
    return [
        replace(hit, url=urls[hit.source][hit.key]) for hit in hits if hit.key in urls.get(hit.source, {})
    ]


def _failed(error: Exception) -> SearchFailed:
    logger.error("The search engine failed", extra={"kind": type(error).__name__}, exc_info=error)
    return SearchFailed(_("Your words are still here: please try again in a minute."))

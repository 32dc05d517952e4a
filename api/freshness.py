"""Answers that a program has already are not sent again: ETag and Last-Modified, and 304 for who names them.

The ETag is a hash of the answer itself, so it cannot lie. Nothing in the tables says when an answer last changed (a
page, a count, a removal may have changed it): Last-Modified is the moment when this house first gave this answer,
kept in the cache. Where the cache is lost it is later than it could be, never earlier.
"""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from foundation import clock

KEPT = 7 * 24 * 60 * 60
FOR_EVERYBODY = "public, max-age=10, stale-while-revalidate=60"


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its marks, or 304 in its place."""
    if request.method != "GET" or response.status_code != 200:
        return response
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    since = _since(request, digest, clock.now())
    response["ETag"] = quote_etag(digest)
    response["Last-Modified"] = http_date(since)
    response["Cache-Control"] = FOR_EVERYBODY
    found = get_conditional_response(request, etag=response["ETag"], last_modified=since, response=response)
    assert isinstance(found, HttpResponse)
    return found


def _since(request: HttpRequest, digest: str, now: datetime) -> int:
    """Since when this address gives this answer, in whole seconds; later than any other answer that it gave."""
    address = hashlib.sha256(request.get_full_path().encode()).hexdigest()
    known = cache.get(f"api.since.{address}")
    if known is not None and known[0] == digest:
        return int(known[1])
    since = int(now.timestamp()) if known is None else max(int(now.timestamp()), int(known[1]) + 1)
    cache.set(f"api.since.{address}", (digest, since), KEPT)
    return since

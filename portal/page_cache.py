"""Pages that are the same for everybody are kept for seconds, so that a crowd of readers costs one page.

Kept is what was read without any cookie, sets none, and says `FOR_EVERYBODY` of itself; keyed by host, path and known
query keys. What is announced in the hall forgets all of it at once: by the shared cache where there is one, else by a
file that every process of this machine looks at. Whatever the cache cannot do, the page is simply made.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.signals import page_published, page_unpublished

from portal.middleware import FOR_EVERYBODY, is_personal

logger = logging.getLogger(__name__)
GENERATION = "pages:generation"
KNOWN = frozenset(
    ["agency", "channel", "consultation", "language", "order", "page", "state", "tag", "topic", "year"]
)
LONGEST_QUERY = 200
LARGEST = 400_000
STALE = 60
"""Seconds for which an older page is still given to the crowd while one reader's request makes it anew."""
MAKES_FOR = 20
"""Seconds after which another request may make it, when the first one never came back."""
STAMP = "pages.stamp"
CHANGES = {
    "consultations": (
        "consultation_announced",
        "consultation_opened",
        "consultation_closed",
        "consultation_withdrawn",
        "contribution_published",
        "contribution_rejected",
        "contribution_withdrawn",
        "outcome_published",
        "batch_taken_in",
    ),
    "outreach": ("post_sent",),
}
"""Announcements after which a page that everybody reads may look different."""


class PageCache:
    """Middleware, the first of all: the answer that it keeps is the whole answer, with every header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request) if settings.PAGE_CACHE_SECONDS else ""
        if not key:
            return self.get_response(request)
        kept, generation = _look(key)
        if kept is not None and (_is_fresh(kept) or not _is_ours_to_make(key)):
            return _again(kept)
        response = self.get_response(request)
        if generation is not None and _may_be_kept(response):
            _keep(key, response, generation)
        return response


def forget(**_facts: Any) -> None:
    """Forgets every kept page once the transaction is committed."""
    if settings.PAGE_CACHE_SECONDS:
        transaction.on_commit(_forget, robust=True)


def hear() -> None:
    """Connects `forget` with what is announced in the rooms that are installed, and with Wagtail's own pages."""
    for room, names in CHANGES.items():
        if apps.is_installed(room):
            signals = import_module(f"{room}.signals")
            for name in names:
                getattr(signals, name).connect(forget, dispatch_uid=f"portal.page_cache.{name}")
    for signal in (page_published, page_unpublished):
        signal.connect(forget, dispatch_uid="portal.page_cache")


def _key(request: HttpRequest) -> str:
    """Under what an answer to this request is kept; empty when it is somebody's own or its query is not known."""
    if request.method != "GET" or request.COOKIES or "HTTP_AUTHORIZATION" in request.META:
        return ""
    if request.path.startswith(settings.STATIC_URL) or is_personal(request.path):
        return ""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or (query and not KNOWN.issuperset(request.GET)):
        return ""
    try:
        where = f"{request.scheme}://{request.get_host()}{request.path}?{query}"
    except DisallowedHost:
        return ""
    return f"page:{hashlib.sha256(where.encode()).hexdigest()}"


def _may_be_kept(response: HttpResponse) -> bool:
    """The same for everybody, whole, and not made for one reading."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Cache-Control") == FOR_EVERYBODY
        and response.get("Vary", "").strip().lower() in ("", "accept-encoding")
        and "nonce-" not in response.get("Content-Security-Policy", "")
        and len(response.content) <= LARGEST
    )


def _look(key: str) -> tuple[Any, Any]:
    """The kept answer, if it is not from before the last change, and what a new one is to be marked with.

    None for the mark: the cache does not answer, so nothing is kept either.
    """
    try:
        found = cache.get_many([key] if _by_file() else [key, GENERATION])
    except Exception:
        logger.warning("The page cache does not answer", extra={"act": "look"})
        return None, None
    generation = _stamp() if _by_file() else found.get(GENERATION, "")
    kept = found.get(key)
    return (kept if kept is not None and kept["generation"] == generation else None), generation


def _is_fresh(kept: dict[str, Any]) -> bool:
    return bool(time.time() - kept["at"] < settings.PAGE_CACHE_SECONDS)


def _is_ours_to_make(key: str) -> bool:
    """True for one request at a time: it makes the page anew."""
    try:
        return bool(cache.add(f"{key}:making", 1, MAKES_FOR))
    except Exception:
        logger.warning("The page cache does not answer", extra={"act": "make"})
        return True


def _keep(key: str, response: HttpResponse, generation: Any) -> None:
    kept = {
        "generation": generation,
        "at": time.time(),
        "headers": list(response.items()),
        "content": response.content,
    }
    try:
        cache.set(key, kept, settings.PAGE_CACHE_SECONDS + STALE)
        cache.delete(f"{key}:making")
    except Exception:
        logger.warning("The page cache does not answer", extra={"act": "keep"})


def _again(kept: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(kept["content"], headers=dict(kept["headers"]))
    response["Age"] = str(max(0, int(time.time() - kept["at"])))
    return response


def _forget() -> None:
    if _by_file():
        stamp = Path(settings.DATA_DIR) / STAMP
        stamp.touch()
        return
    try:
        cache.set(GENERATION, time.time_ns(), None)
    except Exception:
        logger.warning("The page cache does not answer", extra={"act": "forget"})


def _by_file() -> bool:
    """Has each process a cache of its own?"""
    return bool(settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"))


def _stamp() -> int:
    try:
        return (Path(settings.DATA_DIR) / STAMP).stat().st_mtime_ns
    except OSError:
        return 0

"""Middleware of the roof: plain words, no session for who brought none, what a cache may keep, the admin's policy."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from portal.plain import WORDS, plain

ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'self'; "
    "report-uri /blocked-content/"
)


FOR_EVERYBODY = "public, max-age=10, stale-while-revalidate=60"
FOR_ONE = "private, no-cache"
FOR_ONE_AND_NOT_KEPT = "private, no-store"
FOR_PROGRAMS = ("/api/", "/admin/", "/documents/", "/media/")
KEPT = ("Allow", "Retry-After", "Cache-Control")
PERSONAL = frozenset({"account", "admin", "letters", "mailbox", "voice"})


class MayBeKept:
    """Says of each answer who may keep it: pages that are the same for everybody for some seconds, others not.

    A page is the same for everybody when it was read without a cookie and sets none. What a view says itself stands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_personal(request.path):
            response["Cache-Control"] = FOR_ONE_AND_NOT_KEPT
        elif not response.has_header("Cache-Control"):
            read = request.method in ("GET", "HEAD") and response.status_code == 200
            same = not request.COOKIES and not response.cookies
            response["Cache-Control"] = FOR_EVERYBODY if read and same else FOR_ONE
        return response


def is_personal(path: str) -> bool:
    """Is this an address below which people meet what is their own?"""
    first, *rest = path.strip("/").split("/")
    word = rest[0] if rest and first in dict(settings.LANGUAGES) else first
    return word in PERSONAL


class SessionOnlyWhenItCame(SessionMiddleware):
    """Gives every request a session, but says `Vary: Cookie` only where a cookie came or is set.

    Reading without a cookie is the same page for everybody, so it may be kept by a cache. Whoever signs in or out
    has the pages forgotten that their browser kept for somebody without a name.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        came = request.COOKIES.get(name)
        session: SessionBase | None = getattr(request, "session", None)
        if came is None and session is not None and not session.modified:
            return response
        response = super().process_response(request, response)
        given = response.cookies.get(name)
        if given is not None and given.value != came:
            signed_in = session is not None and SESSION_KEY in session
            if signed_in or not given.value:
                response["Clear-Site-Data"] = '"cache"'
        return response


class AdminPolicy:
    """Sets the Content-Security-Policy that the Wagtail admin needs, under /admin/ alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response["Content-Security-Policy"] = ADMIN_POLICY
        return response


class PlainWhenBare:
    """Puts the page of plain words into an answer that refuses with nothing but a number (405, 413, 429 …).

    What programs ask for, and what has words of its own, stays as it is. Stands below the middleware that says who
    reads, so that the page can have its frame.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in WORDS or response.streaming or response.content:
            return response
        if not request.accepts("text/html") or request.path.startswith(FOR_PROGRAMS):
            return response
        page = plain(request, response.status_code)
        for name in KEPT:
            if response.has_header(name):
                page[name] = response[name]
        return page


def reader(request: HttpRequest) -> object:
    """Who reads: asked of the session only when its cookie came, so that reading sets and varies nothing.

    A page for an error may be made before anybody looked who reads.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user"):
        return request.user
    return AnonymousUser()

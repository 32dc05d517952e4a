"""Turns the house's own errors into plain pages."""

import logging
import math
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation import clock
from foundation.errors import OutsideError, PortalError

logger = logging.getLogger(__name__)


class PlainErrors:
    """Middleware: a PortalError raised by a view becomes `errors/plain.html` with its status and its words.

    Django's own 403 and 404 exceptions stay with Django's handlers. When the outside asked us to wait
    (`error.until`), the page says `Retry-After` in seconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The plain page for our own errors, None (someone else's business) for all others."""
        if not isinstance(error, PortalError):
            return None
        if isinstance(error, OutsideError):
            logger.warning("An outside service failed", extra={"kind": type(error).__name__})
        context = {"status": error.page_status, "title": error.title, "message": error.message}
        response = render(request, "errors/plain.html", context, status=error.page_status)
        if isinstance(error, OutsideError) and error.until is not None:
            wait = (error.until - clock.now()).total_seconds()
            response["Retry-After"] = str(max(1, math.ceil(wait)))
        return response

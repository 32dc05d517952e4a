"""Where a page model hands over to what stands above models in this room: filled once, when the room starts.

Services say what happens at a release, views say what a page shows; models import neither.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest

from foundation.models import Approval

Act = Callable[[Any, Approval, datetime], None]
Context = Callable[[Any, HttpRequest], dict[str, Any]]
F = TypeVar("F", bound=Callable[..., Any])

_acts: dict[str, Act] = {}
_contexts: dict[str, Context] = {}


def at_release_of(page_type: str) -> Callable[[F], F]:
    """Marks the service that runs in the same transaction as the release of a page of this type."""

    def mark(act: F) -> F:
        _acts[page_type] = act
        return act

    return mark


def shows(page_type: str) -> Callable[[F], F]:
    """Marks the function that gives a page of this type its template's values."""

    def mark(context: F) -> F:
        _contexts[page_type] = context
        return context

    return mark


def released(page: Any, approval: Approval, now: datetime) -> None:
    """Runs the act of this page's type; a missing one is an error, never a silent release."""
    _acts[type(page).__name__](page, approval, now)


def context_of(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The values of this page's template."""
    return _contexts[type(page).__name__](page, request)

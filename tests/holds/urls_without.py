"""The roof's own addresses, but those of rooms that are missing."""

from typing import Any
from unittest import mock

import django.urls
from django.conf import settings

_include = django.urls.include


def _what_is_there(what: Any, namespace: str | None = None) -> Any:
    missing = isinstance(what, str) and what.partition(".")[0] in settings.MISSING
    return ([], None, None) if missing else _include(what, namespace=namespace)


with mock.patch("django.urls.include", _what_is_there):
    from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

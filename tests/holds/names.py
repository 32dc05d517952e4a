"""The names of all addresses of the house."""

from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver

from portal.urls import urlpatterns


def names(
    patterns: Sequence[URLPattern | URLResolver] = tuple(urlpatterns), space: str = ""
) -> Iterator[str]:
    """The name of every address of the house."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or '?'}"

"""A key in an address reaches our views as Django makes it, a UUID, whatever a library does to converters."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.converters import UUIDConverter, get_converters

KEY = "0190c0de-0000-4000-8000-00000000abcd"
NINJA = "api:v1:"
"""Below here django-ninja hands the text on, and reads it by the types of our functions."""


def patterns(given: Sequence[Any] | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the house with its name."""
    for pattern in get_resolver().url_patterns if given is None else given:
        if isinstance(pattern, URLResolver):
            yield from patterns(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name}", pattern


def test_uuid_in_an_address_means_what_django_means_by_it():
    assert type(get_converters()["uuid"]) is UUIDConverter
    kinds = {
        name: type(converter)
        for name, pattern in patterns()
        for converter in pattern.pattern.converters.values()
        if isinstance(converter, UUIDConverter)
    }
    ours = {name: kind for name, kind in kinds.items() if not name.startswith(NINJA)}
    assert len(ours) >= 10
    assert set(ours.values()) == {UUIDConverter}


@pytest.mark.parametrize(
    "address", [f"/en/ideas/{KEY}/", f"/admin/analysis/run/{KEY}/", f"/en/consultations/{KEY}/answers/"]
)
def test_a_view_of_ours_gets_a_uuid(address: str):
    assert resolve(address).kwargs["key"] == uuid.UUID(KEY)


@pytest.mark.django_db
@pytest.mark.parametrize("key", [KEY, KEY.upper(), KEY.replace("-", ""), "1", "%20", f"{KEY}x"])
@pytest.mark.parametrize(
    "address", ["/en/ideas/{}/", "/en/consultations/{}/answers/", "/api/v1/consultations/{}"]
)
def test_a_key_of_nothing_is_not_found_and_never_an_error(client: Client, address: str, key: str):
    assert client.get(address.format(key)).status_code == 404

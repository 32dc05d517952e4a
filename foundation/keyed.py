"""Addresses that end in a key: a page with thirty comments names ninety, and they differ in the key alone."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

NOBODY = UUID(int=0)


def address_of(name: str, key: UUID) -> str:
    """`reverse(name, args=[key])`, worked out once for each name and language."""
    found = _address(name, get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return found.replace(str(NOBODY), str(key))


@lru_cache(maxsize=500)
def _address(name: str, language: str | None, prefix: str, addresses: str) -> str:
    return reverse(name, args=[NOBODY])

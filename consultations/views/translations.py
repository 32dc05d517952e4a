"""The same page in the other languages of the site."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from foundation.prepared import prepared


@prepared
def _live(key: UUID) -> "QuerySet[Page]":
    return Page.objects.live().filter(translation_key=key).select_related("locale")


def translations_of(page: Page, request: HttpRequest, otherwise: str) -> list[tuple[str, str]]:
    """Code and address for each language; where the page is not translated, the list called `otherwise`."""
    there = {other.locale.language_code: other for other in _live(page.translation_key)}
    found = []
    for code, _name in settings.LANGUAGES:
        address = there[code].get_url(request) if code in there else None
        if address is None:
            with translation.override(code):
                address = reverse(otherwise)
        found.append((code, address))
    return found

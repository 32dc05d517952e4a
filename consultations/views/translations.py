"""The same page in the other languages of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page


def translations_of(page: Page, request: HttpRequest, otherwise: str) -> list[tuple[str, str]]:
    """Code and address for each language; where the page is not translated, the list called `otherwise`."""
    live = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    there = {other.locale.language_code: other for other in live}
    found = []
    for code, _name in settings.LANGUAGES:
        address = there[code].get_url(request) if code in there else None
        if address is None:
            with translation.override(code):
                address = reverse(otherwise)
        found.append((code, address))
    return found

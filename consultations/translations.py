"""In which languages a page stands, and in which it could be written."""

from django.conf import settings
from wagtail.models import Locale, Page


def languages_without(page: Page) -> list[tuple[str, str]]:
    """Code and name of each language of the site whose tree has the page's parent but not the page."""
    names = dict(settings.LANGUAGES)
    parent = page.get_parent()
    there = set(Page.objects.filter(translation_key=page.translation_key).values_list("locale_id", flat=True))
    trees = set(
        Page.objects.filter(translation_key=parent.translation_key).values_list("locale_id", flat=True)
    )
    locales = Locale.objects.filter(pk__in=trees - there).order_by("pk")
    return [
        (locale.language_code, names.get(locale.language_code, locale.language_code)) for locale in locales
    ]

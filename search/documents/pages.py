"""Pages that editors write: those of agencies, and all that other rooms bring (standard pages, news)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet

from consultations.models import AgencyPage, ConsultationPage, OutcomePage
from search.engines import Entry
from search.sources import Source, numbers, plain, sources

TEXTS = ("introduction", "intro", "summary", "body", "text", "search_description")
"""Fields of a page that hold words, by the names that our rooms give them."""
STEP = 100


class Pages(Source):
    """Live pages without a view restriction; consultations and outcomes have sources of their own."""

    key = "page"

    def _public(self, keys: Collection[str] | None = None) -> PageQuerySet:
        pages = Page.objects.live().public().filter(depth__gt=1, alias_of__isnull=True)
        pages = pages.not_type(ConsultationPage, OutcomePage).order_by("pk")
        return pages if keys is None else pages.filter(pk__in=numbers(keys))

    def keys(self, now: datetime) -> Iterable[str]:
        return (str(key) for key in self._public().values_list("pk", flat=True))

    def entries(self, now: datetime, keys: Collection[str] | None = None) -> Iterator[Entry]:
        pages = self._public(keys).select_related("locale").specific()
        for page in pages.iterator(chunk_size=STEP):
            agency = page.agency.slug if isinstance(page, AgencyPage) else ""
            yield Entry(
                source=self.key,
                key=str(page.pk),
                language=page.locale.language_code,
                title=page.title,
                body=plain(*(text_of(page, name) for name in TEXTS)),
                kind="agency" if isinstance(page, AgencyPage) else "page",
                agency=agency,
                at=page.first_published_at,
            )

    def still_public(self, keys: Collection[str], now: datetime, language: str) -> Mapping[str, str]:
        return addresses(self._public(keys))


def text_of(page: Page, name: str) -> str:
    """The words of one field of a page; nothing where it has no such field."""
    try:
        field: Any = page._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    value = getattr(page, name, "")
    if isinstance(field, StreamField):
        return "\n".join(str(words) for words in field.get_searchable_content(value))
    return str(value or "")


def addresses(pages: PageQuerySet) -> dict[str, str]:
    """The pages that have an address, each with it."""
    found = {str(page.pk): page.get_url() for page in pages}
    return {key: url for key, url in found.items() if url}


sources.register(Pages())

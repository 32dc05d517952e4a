"""Outcomes: what people said, what was decided, and what was promised."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from wagtail.query import PageQuerySet

from consultations.models import Outcome, OutcomePage
from consultations.queries import released_outcomes
from search.documents.pages import addresses
from search.engines import Entry
from search.sources import Source, numbers, plain, sources

STEP = 100


class Outcomes(Source):
    """Released outcomes in each language in which they were approved."""

    key = "outcome"

    def _public(self, keys: Collection[str] | None = None) -> PageQuerySet:
        released = released_outcomes().order_by().values("translation_key")
        pages = OutcomePage.objects.live().public().filter(alias_of__isnull=True)
        pages = pages.filter(translation_key__in=released).order_by("pk")
        return pages if keys is None else pages.filter(pk__in=numbers(keys))

    def keys(self, now: datetime) -> Iterable[str]:
        return (str(key) for key in self._public().values_list("pk", flat=True))

    def entries(self, now: datetime, keys: Collection[str] | None = None) -> Iterator[Entry]:
        rows = {row.translation_key: row for row in released_outcomes()}
        for page in self._public(keys).select_related("locale").iterator(chunk_size=STEP):
            row = rows.get(page.translation_key)
            if row is not None and page.is_approved():
                yield self._entry(page, row)

    def _entry(self, page: OutcomePage, row: Outcome) -> Entry:
        themes = [
            block.value.get(name) or "" for block in page.themes for name in ("label", "summary", "answer")
        ]
        promises = [block.value["what"] for block in page.promises]
        return Entry(
            source=self.key,
            key=str(page.pk),
            language=page.locale.language_code,
            title=page.title,
            body=plain(page.decision, page.said, page.asked, *themes, *promises),
            kind="outcome",
            agency=row.consultation.agency.slug,
            consultation=row.consultation_id,
            at=row.released_at,
        )

    def still_public(self, keys: Collection[str], now: datetime, language: str) -> Mapping[str, str]:
        return addresses(self._public(keys))


sources.register(Outcomes())

"""Consultations: what is asked, in each language in which it stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from wagtail.query import PageQuerySet

from consultations.models import Consultation, ConsultationPage, Wording
from search.documents.pages import addresses
from search.engines import Entry
from search.sources import Source, numbers, plain, sources

STEP = 100


class Consultations(Source):
    """Approved pages of consultations that stand, with the words of their questions."""

    key = "consultation"

    def _public(self, keys: Collection[str] | None = None) -> PageQuerySet:
        standing = Consultation.objects.standing().values("translation_key")
        pages = ConsultationPage.objects.live().public().filter(alias_of__isnull=True)
        pages = pages.filter(translation_key__in=standing).order_by("pk")
        return pages if keys is None else pages.filter(pk__in=numbers(keys))

    def keys(self, now: datetime) -> Iterable[str]:
        return (str(key) for key in self._public().values_list("pk", flat=True))

    def entries(self, now: datetime, keys: Collection[str] | None = None) -> Iterator[Entry]:
        prompts = _prompts()
        rows = {row.translation_key: row for row in Consultation.objects.standing().select_related("agency")}
        for page in self._public(keys).select_related("locale").iterator(chunk_size=STEP):
            row = rows.get(page.translation_key)
            if row is None or not page.is_approved():
                continue
            language = page.locale.language_code
            yield Entry(
                source=self.key,
                key=str(page.pk),
                language=language,
                title=page.title,
                body=plain(page.summary, page.body, *prompts[row.translation_key, language].values()),
                kind="consultation",
                agency=row.agency.slug,
                consultation=row.pk,
                at=row.opens_at,
            )

    def still_public(self, keys: Collection[str], now: datetime, language: str) -> Mapping[str, str]:
        return addresses(self._public(keys))


def _prompts() -> dict[tuple[UUID, str], dict[int, str]]:
    """The newest words of the questions that stand, by consultation and language."""
    wordings = Wording.objects.filter(
        question__isnull=False, question__retired_at__isnull=True, consultation__withdrawn_at__isnull=True
    ).order_by("version")
    found: dict[tuple[UUID, str], dict[int, str]] = defaultdict(dict)
    rows = wordings.values_list("consultation__translation_key", "language", "question_id", "words")
    for translation_key, language, question, words in rows.iterator():
        found[translation_key, language][question] = str(words.get("prompt", ""))
    return found


sources.register(Consultations())

"""What people said and everybody may read: ideas, answers, comments, and what was heard elsewhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from consultations.models import Consultation, ConsultationPage, Contribution
from consultations.queries import listed
from search.engines import Entry
from search.sources import Source, numbers, sources

Kind = Contribution.Kind
STEP = 500


class Contributions(Source):
    """Published contributions of consultations that stand, as far as question and author allow."""

    key = "contribution"

    def _public(self, now: datetime, keys: Collection[str] | None = None) -> "QuerySet[Contribution]":
        shown = ConsultationPage.objects.live().public().values("translation_key")
        found = Contribution.objects.visible(now).exclude(text="").order_by("pk")
        found = found.filter(consultation__withdrawn_at__isnull=True, consultation__translation_key__in=shown)
        return found if keys is None else found.filter(pk__in=numbers(keys))

    def keys(self, now: datetime) -> Iterable[str]:
        return (str(key) for key in self._public(now).values_list("pk", flat=True).iterator())

    def entries(self, now: datetime, keys: Collection[str] | None = None) -> Iterator[Entry]:
        for row in self._public(now, keys).select_related("consultation__agency").iterator(chunk_size=STEP):
            title, text = _worded(row)
            yield Entry(
                source=self.key,
                key=str(row.pk),
                language=row.language,
                title=title or row.consultation.title,
                body=text,
                kind=row.kind,
                agency=row.consultation.agency.slug,
                consultation=row.consultation_id,
                at=row.published_at,
                by_title=bool(title),
            )

    def still_public(self, keys: Collection[str], now: datetime, language: str) -> Mapping[str, str]:
        rows = list(self._public(now, keys).select_related("consultation"))
        elsewhere = {row.consultation_id: row.consultation for row in rows if row.kind == Kind.HEARD}
        pages = {item.consultation.pk: item.url for item in listed(elsewhere.values(), language)}
        found = {str(row.pk): _address(row, row.consultation, pages) for row in rows}
        return {key: url for key, url in found.items() if url}


def _worded(row: Contribution) -> tuple[str, str]:
    """The title and the words: those of an idea begin with its title."""
    if row.kind != Kind.IDEA:
        return "", row.text
    title, _break, text = row.text.strip().partition("\n")
    return title.strip(), text.strip()


def _address(row: Contribution, consultation: Consultation, pages: Mapping[int, str]) -> str:
    if row.kind == Kind.HEARD:
        return pages.get(consultation.pk, "")
    if row.kind == Kind.ANSWER:
        return f"{reverse('consultations:answers', args=[consultation.translation_key])}?at={row.key}"
    return reverse("ideas:detail", args=[row.key])


sources.register(Contributions())

"""Contributions: what people said and everybody may read at this moment; of all, or of one consultation."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from api import asking, routes
from api.nouns import Noun, Shown, nouns
from api.queries import by_uuid, public_consultation, public_consultations
from api.schema import CODE, MOMENT, OTHER_KEY, SLUG, UUID_KEY, Filters, Item, means, narrows, page_of, paged
from consultations.models import Contribution
from consultations.views.voices import attribution

Kind = Literal["answer", "idea", "comment", "heard"]
OF_ONE = "/consultations/{uuid:key}/contributions"


class WhichOfOne(Filters):
    """Narrows the contributions of one consultation."""

    kind: Kind | None = narrows("Only of this kind")
    language: str | None = narrows("Only words in this language", pattern=CODE)
    question: UUID | None = narrows("Key of a question")


class WhichContributions(WhichOfOne):
    """Narrows the list of contributions."""

    consultation: UUID | None = narrows("Key of a consultation")
    agency: str | None = narrows("Slug of the agency that asked", pattern=SLUG)


class ImportedCountOut(Item):
    """A number that another system counted, never mixed with ours."""

    source: str = means("Which system", "consul")
    label: str = means("What it counted, in its own words", "supports")
    number: int = means("How many", 41)


class ContributionOut(Item):
    """Something that somebody said, as far as everybody may read it."""

    key: UUID = means("What it is called by programs; it never changes", OTHER_KEY)
    kind: Kind = means("answer, idea, comment, or heard (a public reply on another network)", "idea")
    consultation: UUID = means("Key of the consultation in which it was said", UUID_KEY)
    question: UUID | None = means("Key of the question that it answers", None)
    reply_to: UUID | None = means("Key of what it replies to, while that can be read", None)
    author: str = means(
        "An organisation, or a pseudonym drawn for this consultation alone; empty for what was heard elsewhere",
        "Blue Heron 214",
    )
    official: bool = means("Said by the agency itself", False)
    language: str = means("Code of the language of its words", "en")
    text: str = means("The words; those of an idea begin with its title", "A tap at the market")
    published_at: datetime | None = means("Since when everybody may read it", MOMENT)
    support: int = means("How many support it, as counted last", 17)
    comments: int = means("How many comments on it can be read, as counted last", 3)
    counted_at: datetime | None = means("When support and comments were counted", MOMENT)
    imported_counts: list[ImportedCountOut] = means("Counted by another system, never mixed with ours")


class Contributions(Noun[Contribution]):
    """Those that everybody may read now, the last received first."""

    key = "contributions"
    one = "contribution"
    words = _("Contributions")
    about = _("What people said and everybody may read: answers, ideas, comments, replies heard elsewhere.")
    item = whole = ContributionOut
    which = WhichContributions
    by = ("-pk",)

    def rows(self, which: Any, now: datetime) -> "QuerySet[Contribution]":
        found = _readable(now)
        filters = {
            "kind": which.kind,
            "language": which.language,
            "question__block_id": which.question,
            "consultation__translation_key": which.consultation,
            "consultation__agency__slug": which.agency,
        }
        return found.filter(**{field: value for field, value in filters.items() if value is not None})

    def find(self, key: str, now: datetime) -> "QuerySet[Contribution]":
        return by_uuid(_readable(now), "key", key)

    def anchor(self, key: str, now: datetime) -> "QuerySet[Contribution]":
        return by_uuid(Contribution.objects.all(), "key", key)

    def shown(self, rows: Sequence[Contribution], language: str, now: datetime) -> Iterable[Shown]:
        for row in rows:
            parent = row.parent
            read = parent is not None and parent.state == Contribution.State.PUBLISHED and parent.may_publish
            yield {
                "key": row.key,
                "kind": row.kind,
                "consultation": row.consultation.translation_key,
                "question": row.question.block_id if row.question else None,
                "reply_to": parent.key if parent is not None and read else None,
                "author": "" if row.kind == Contribution.Kind.HEARD else attribution(row),
                "official": row.official,
                "language": row.language,
                "text": row.text,
                "published_at": row.published_at,
                "support": row.support_count,
                "comments": row.comment_count,
                "counted_at": row.counted_at,
                "imported_counts": [
                    {"source": count.source, "label": count.label, "number": count.number}
                    for count in row.imported_counts.all()
                ],
            }


def _readable(now: datetime) -> "QuerySet[Contribution]":
    shown = Contribution.objects.visible(now).filter(consultation__in=public_consultations().values("pk"))
    about = shown.select_related("participant", "response", "question", "parent", "consultation")
    return about.prefetch_related("imported_counts")


noun = nouns.register(Contributions())
of_one = Router(tags=["Consultations"])
OfOneByPage = paged(WhichOfOne)


def _of(asked: Any, key: UUID, kind: type[Filters]) -> Filters:
    public_consultation(key)
    return kind(**{**asked.model_dump(), "consultation": key})


@of_one.get(OF_ONE, response={200: page_of(ContributionOut), **routes.TROUBLE}, url_name="contributions_of")
def contributions_of(request: HttpRequest, key: UUID, asked: Query[OfOneByPage]) -> dict[str, Any]:  # type: ignore[valid-type]
    """What everybody may read of one consultation, the last received first."""
    asking.only(request, OfOneByPage)
    return routes.listed_page(request, noun, _of(asked, key, paged(WhichContributions)))


@of_one.get(
    f"{OF_ONE}.csv", url_name="contributions_of_csv", openapi_extra=routes.file_of(ContributionOut, "csv")
)
def contributions_of_csv(request: HttpRequest, key: UUID, asked: Query[WhichOfOne]) -> HttpResponseBase:
    """All of them as a table, in UTF-8. Cells that a spreadsheet would run begin with an apostrophe."""
    asking.only(request, WhichOfOne)
    return routes.exported(noun, _of(asked, key, WhichContributions), "csv", f"contributions-{key}")


@of_one.get(
    f"{OF_ONE}.ndjson",
    url_name="contributions_of_ndjson",
    openapi_extra=routes.file_of(ContributionOut, "ndjson"),
)
def contributions_of_ndjson(request: HttpRequest, key: UUID, asked: Query[WhichOfOne]) -> HttpResponseBase:
    """All of them, a line of JSON each."""
    asking.only(request, WhichOfOne)
    return routes.exported(noun, _of(asked, key, WhichContributions), "ndjson", f"contributions-{key}")

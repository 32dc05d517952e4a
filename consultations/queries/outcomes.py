"""What the house said back: released outcomes, their words by language, what was promised and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from consultations.models import AgencyPage, Consultation, Outcome, OutcomeAnswer, OutcomePage
from foundation.prepared import prepared


def released_outcomes() -> "QuerySet[Outcome]":
    """All that was answered, newest first."""
    found = Outcome.objects.filter(released_at__isnull=False, consultation__withdrawn_at__isnull=True)
    return found.select_related("consultation__agency", "page").order_by("-released_at", "-pk")


def outcome_of(consultation: Consultation) -> Outcome | None:
    """The newest released outcome of a consultation."""
    return next(iter(_newest_of(consultation.pk)), None)


@prepared
def _newest_of(consultation: int) -> "QuerySet[Outcome]":
    return released_outcomes().filter(consultation=consultation)[:1]


@dataclass(frozen=True)
class ListedOutcome:
    """An outcome as a list shows it, in the reader's language or (see `language`) the one it was written in."""

    outcome: Outcome
    title: str
    said: str
    language: str
    url: str
    agency: str
    page: OutcomePage


def listed_outcomes(
    outcomes: Iterable[Outcome], language: str, request: HttpRequest | None = None
) -> list[ListedOutcome]:
    """The outcomes with their words and addresses, in a number of queries that does not grow with them."""
    rows = list(outcomes)
    if not rows:
        return []
    by_language = {
        (page.translation_key, page.locale.language_code): page
        for page in _pages_of([row.translation_key for row in rows])
    }
    names = dict(_names_of(sorted({row.consultation.agency_id for row in rows}), language))
    found = []
    for row in rows:
        shown = language if (row.translation_key, language) in by_language else row.consultation.language
        page = by_language.get((row.translation_key, shown), row.page)
        found.append(
            ListedOutcome(
                outcome=row,
                title=page.title,
                said=page.said,
                language=shown,
                url=page.get_url(request) or "",
                agency=names.get(row.consultation.agency_id, row.consultation.agency.name),
                page=page,
            )
        )
    return found


@prepared
def _pages_of(keys: list[UUID]) -> "QuerySet[OutcomePage]":
    return OutcomePage.objects.live().filter(translation_key__in=keys).select_related("locale")


@prepared
def _names_of(agencies: list[int], language: str) -> "QuerySet[AgencyPage, tuple[int, str]]":
    pages = AgencyPage.objects.filter(agency__in=agencies, locale__language_code=language)
    return pages.values_list("agency_id", "title")


def page_of(outcome: Outcome, language: str) -> OutcomePage:
    """The outcome's page in this language, or the one that it was written on."""
    pages = OutcomePage.objects.live().filter(translation_key=outcome.translation_key)
    return pages.filter(locale__language_code=language).first() or outcome.page


def answer_words(answer: OutcomeAnswer, language: str, source: str) -> tuple[dict[str, str], str]:
    """A theme's label, summary and official answer, with the language that they are in."""
    shown = language if language in answer.words else source
    if shown not in answer.words:
        shown = next(iter(answer.words), source)
    return answer.words.get(shown, {}), shown


def quote_key(typed: Any) -> UUID | None:
    """Which voice a quote of a page names; None for what can be no key."""
    try:
        return UUID(str(typed))
    except ValueError:
        return None


@dataclass(frozen=True)
class Promise:
    """Something that will be done. `state` is promised, doing, done or dropped, as an officer wrote it."""

    what: str
    who: str
    due: date
    state: str
    reason: str = ""

    def days_late(self, today: date) -> int:
        """How many days over its day it is; 0 while in time, done or dropped."""
        return max(0, (today - self.due).days) if self.state in ("promised", "doing") else 0


def promises_of(page: OutcomePage) -> list[Promise]:
    """What this page promises, in its order."""
    return [
        Promise(
            what=block.value["what"],
            who=block.value["who"],
            due=block.value["due"],
            state=block.value["state"],
            reason=block.value.get("reason") or "",
        )
        for block in page.promises
    ]

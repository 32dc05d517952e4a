"""What is asked: consultations by the moment in their life, questions and phases with their words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from accounts.models import Agency
from consultations.instruments import QuestionSpec
from consultations.models import AgencyPage, Consultation, ConsultationPage, Phase, Question, Wording
from consultations.models.subjects import late
from consultations.queries.lists import Narrow
from foundation import clock
from foundation.prepared import figures, prepared


def open_consultations(now: datetime) -> "QuerySet[Consultation]":
    """Those that one can answer now, the next to close first."""
    return Consultation.objects.open(now).select_related("agency").order_by("closes_at", "pk")


def upcoming_consultations(now: datetime) -> "QuerySet[Consultation]":
    """Those that are announced, the next to open first."""
    return Consultation.objects.upcoming(now).select_related("agency").order_by("opens_at", "pk")


def closed_consultations(now: datetime) -> "QuerySet[Consultation]":
    """Those that are closed and wait for the agency's answer, the first promised first."""
    waiting = Consultation.objects.closed(now).filter(answered_at__isnull=True)
    return waiting.select_related("agency").order_by("answer_due_on", "pk")


def answered_consultations() -> "QuerySet[Consultation]":
    """Those with an official answer, the newest answer first."""
    return Consultation.objects.answered().select_related("agency").order_by("-answered_at", "-pk")


def overdue_consultations(now: datetime) -> "QuerySet[Consultation]":
    """Those whose promised day of answer is over, the longest overdue first."""
    return Consultation.objects.overdue(now).select_related("agency").order_by("answer_due_on", "pk")


def counts(now: datetime, agency: Agency | None = None, narrow: Narrow = Narrow()) -> dict[str, int]:  # noqa: B008
    """How many are open, upcoming, closed, answered and overdue, in one query."""
    place = agency.pk if agency is not None else None
    return _counts(now, clock.day(now), place, narrow.agency, narrow.topic, narrow.language)[0]


@prepared
def _counts(
    now: datetime, today: date, place: int | None, agency: str, topic: str, language: str
) -> "QuerySet[Consultation, dict[str, int]]":
    rows = Narrow(agency, topic, language).of(Consultation.objects.standing())
    if place is not None:
        rows = rows.filter(agency=place)
    waiting = Q(closes_at__lte=now, answered_at__isnull=True)
    return figures(
        rows,
        open=Count("pk", filter=Q(opens_at__lte=now, closes_at__gt=now)),
        upcoming=Count("pk", filter=Q(opens_at__gt=now)),
        closed=Count("pk", filter=waiting),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        overdue=Count("pk", filter=late(now, today)),
    )


@dataclass(frozen=True)
class Listed:
    """A consultation as a list shows it: the row, and words in the reader's language or (see `language`) the source's."""

    consultation: Consultation
    title: str
    summary: str
    language: str
    url: str
    agency: str
    agency_url: str


def listed(rows: Iterable[Consultation], language: str, request: HttpRequest | None = None) -> list[Listed]:
    """The rows with their words and addresses, in a number of queries that does not grow with them."""
    rows = list(rows)
    if not rows:
        return []
    languages = sorted({language, *(row.language for row in rows)})
    said = {
        (consultation, code): words
        for consultation, code, words in _titles([row.pk for row in rows], languages)
    }
    pages = {
        (page.translation_key, page.locale.language_code): page
        for page in _live_pages([row.translation_key for row in rows], languages)
    }
    agencies = {
        page.agency_id: page for page in _agency_pages(sorted({row.agency_id for row in rows}), language)
    }
    found = []
    for row in rows:
        own = (row.pk, language) in said
        shown = language if own else row.language
        words = said.get((row.pk, shown), {})
        page = pages.get((row.translation_key, shown))
        agency = agencies.get(row.agency_id)
        found.append(
            Listed(
                consultation=row,
                title=words.get("title", row.title),
                summary=words.get("summary", ""),
                language=shown,
                url=(page.get_url(request) if page else None) or "",
                agency=agency.title if agency else row.agency.name,
                agency_url=(agency.get_url(request) if agency else None) or "",
            )
        )
    return found


@prepared
def _titles(rows: list[int], languages: list[str]) -> "QuerySet[Wording, tuple[int, str, dict[str, Any]]]":
    wordings = Wording.objects.filter(
        consultation__in=rows, key="consultation", language__in=languages
    ).order_by("version")
    return wordings.values_list("consultation_id", "language", "words")


@prepared
def _live_pages(keys: list[UUID], languages: list[str]) -> "QuerySet[Page]":
    """Every page with the translation key of a consultation is a consultation's."""
    pages = Page.objects.live().filter(translation_key__in=keys, locale__language_code__in=languages)
    return pages.select_related("locale")


@prepared
def _agency_pages(agencies: list[int], language: str) -> "QuerySet[AgencyPage]":
    return AgencyPage.objects.filter(agency__in=agencies, locale__language_code=language).defer(
        "introduction"
    )


def pages_of(consultation: Consultation) -> dict[str, ConsultationPage]:
    """The consultation's page in each language in which it stands."""
    pages = ConsultationPage.objects.live().filter(translation_key=consultation.translation_key)
    return {page.locale.language_code: page for page in pages.select_related("locale").order_by("pk")}


def spec_for(question: Question, language: str) -> QuestionSpec:
    """A question as somebody reads it in this language; in the source's language where it was never translated."""
    source = question.consultation.language
    wordings = Wording.objects.filter(question=question, language__in={language, source})
    return _spec(question, list(wordings.order_by("version")), language, source)


def specs_for(
    consultation: Consultation, language: str, *, retired: bool = False
) -> list[tuple[Question, QuestionSpec]]:
    """All questions that stand (with `retired` also the others), in order, each with its spec; in two queries."""
    wordings = defaultdict(list)
    for wording in _said(consultation.pk, sorted({language, consultation.language})):
        wordings[wording.question_id].append(wording)
    found = []
    for question in _questions(consultation.pk, retired):
        question.consultation = question.phase.consultation = consultation
        spec = _spec(question, wordings[question.pk], language, consultation.language)
        found.append((question, spec))
    return found


@prepared
def _questions(consultation: int, retired: bool) -> "QuerySet[Question]":
    questions = Question.objects.filter(consultation=consultation).select_related("phase")
    if not retired:
        questions = questions.filter(retired_at__isnull=True, phase__retired_at__isnull=True)
    return questions.order_by("phase__position", "position", "pk")


@prepared
def _said(consultation: int, languages: list[str]) -> "QuerySet[Wording]":
    said = Wording.objects.filter(consultation=consultation, question__isnull=False, language__in=languages)
    return said.order_by("version")


def _spec(question: Question, wordings: list[Wording], language: str, source: str) -> QuestionSpec:
    own = [wording for wording in wordings if wording.language == language]
    first = [wording for wording in wordings if wording.language == source]
    shown = own or first
    words: dict[str, Any] = dict(shown[-1].words) if shown else {}
    # A retired option keeps its last words, and an option that is not translated yet those of the source.
    options: dict[str, str] = {}
    for wording in [*first, *own]:
        options |= wording.words.get("options", {})
    if options:
        words["options"] = options
    return QuestionSpec(
        key=str(question.block_id),
        instrument=question.instrument,
        prompt=words.get("prompt", ""),
        hint=words.get("hint", ""),
        language=language if own else source,
        required=question.required,
        visibility=question.visibility,
        settings=question.settings,
        words=words,
    )


def phase_titles(consultation: Consultation, language: str) -> dict[UUID, tuple[str, str]]:
    """The title of each phase by block id, with the language that it is in."""
    keys = {str(key): key for key in _phase_keys(consultation.pk)}
    wordings = _titles_of_phases(consultation.pk, list(keys), sorted({language, consultation.language}))
    found: dict[UUID, tuple[str, str]] = {}
    for wording in sorted(wordings, key=lambda wording: wording.language == language):
        found[keys[wording.key]] = (wording.words.get("title", ""), wording.language)
    return found


@prepared
def _phase_keys(consultation: int) -> "QuerySet[Phase, UUID]":
    return Phase.objects.filter(consultation=consultation).values_list("block_id", flat=True)


@prepared
def _titles_of_phases(consultation: int, keys: list[str], languages: list[str]) -> "QuerySet[Wording]":
    said = Wording.objects.filter(consultation=consultation, key__in=keys, language__in=languages)
    return said.order_by("version")

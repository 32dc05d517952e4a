"""Consultations: the list, and one with its questions and outcomes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api import shown
from api.nouns import Noun, Shown, nouns
from api.queries import by_uuid, public_consultations
from api.schema import MOMENT, OTHER_KEY, SLUG, UUID_KEY, InLanguage, Item, Named, Topic, means, narrows
from consultations import queries as hall
from consultations.instruments import QuestionSpec
from consultations.models import About, Consultation, Question
from consultations.queries.lists import Narrow

State = Literal["open", "upcoming", "closed", "overdue", "answered"]


class WhichConsultations(InLanguage):
    """Narrows the list of consultations."""

    state: State | None = narrows("Only those that are in this state now")
    agency: str | None = narrows("Slug of an agency", pattern=SLUG)
    topic: str | None = narrows("Slug of a topic", pattern=SLUG)


class ConsultationOut(Item):
    """A consultation in a list."""

    key: UUID = means("What it is called by programs; it never changes", UUID_KEY)
    title: str = means("Its title", "Water at night")
    summary: str = means("What it is about, in a few lines", "When should water come to the taps?")
    language: str = means("Code of the language of title and summary", "en")
    url: str = means("Address of its page", "https://samvad.example/en/water/water-at-night/")
    agency: Named = means("Who asks, and owes the answer")
    topics: list[Topic] = means("What it is about")
    state: str = means(
        "How far it is now: upcoming, open, closed, overdue (closed, and its answer is late) or answered",
        "open",
    )
    opens_at: datetime = means("From when it can be answered", MOMENT)
    closes_at: datetime = means("Until when it can be answered", "2026-12-21T18:30:00Z")
    first_closes_at: datetime = means("The same as it was first announced", "2026-12-14T18:30:00Z")
    answer_due_on: date = means("By when the agency answers", "2027-02-20")
    first_answer_due_on: date = means("The same as it was first announced", "2027-02-13")
    answered_at: datetime | None = means("When the first outcome was released", None)
    participants: int = means("People and organisations that took part, as counted last", 412)
    responses: int = means("Answers that came in, as counted last", 460)
    counted_at: datetime | None = means("When participants and responses were counted", MOMENT)


class OptionOut(Item):
    """Something that one could choose."""

    key: str = means("Under this it is counted; it never changes", "b7a3")
    words: str = means("What stood before people", "Before six in the morning")
    retired: bool = means("No longer offered; earlier answers keep it", False)


class QuestionOut(Item):
    """A question, as it stands before people."""

    key: str = means("What it is called by programs; it never changes", OTHER_KEY)
    instrument: str = means("How it is asked: free_text, choice, rating, ideas …", "choice")
    prompt: str = means("The question", "When should water come?")
    hint: str = means("What stands beside it in small", "Choose up to two")
    language: str = means("Code of the language of its words", "en")
    required: bool = means("Must it be answered?", False)
    visibility: str = means(
        "Who sees a single answer: at_once, after_close, summarised (only counted) or confidential",
        "summarised",
    )
    opens_at: datetime = means("From when it can be answered", MOMENT)
    closes_at: datetime = means("Until when it can be answered", "2026-12-21T18:30:00Z")
    options: list[OptionOut] = means("What can be chosen, in order; empty where one writes")
    settings: dict[str, Any] = means("What else belongs to the instrument, without words", {"most": 2})


class OutcomeRef(Item):
    """What was answered, by its address."""

    key: UUID = means("What it is called by programs; it never changes", OTHER_KEY)
    title: str = means("Its title", "What became of it: water at night")
    language: str = means("Code of the language of its title", "en")
    url: str = means("Address of its page", "https://samvad.example/en/water/water-at-night/outcome/")
    released_at: datetime = means("When it was released", MOMENT)


class ConsultationDetail(ConsultationOut):
    """A consultation with its questions, and what was answered."""

    questions: list[QuestionOut] = means("What was asked, in order")
    outcomes: list[OutcomeRef] = means("What was answered, the newest first")
    contributions: str = means(
        "Address of what people said in it",
        f"https://samvad.example/api/v1/consultations/{UUID_KEY}/contributions",
    )


class Consultations(Noun[Consultation]):
    """Those whose pages everybody may read, the last opened first."""

    key = "consultations"
    one = "consultation"
    words = _("Consultations")
    about = _("What agencies ask: by when it can be answered, by when they owe the answer, how far it is.")
    item, whole, which = ConsultationOut, ConsultationDetail, WhichConsultations
    by = ("-opens_at", "-pk")

    def rows(self, which: Any, now: datetime) -> "QuerySet[Consultation]":
        found = public_consultations().select_related("agency")
        narrowed = {
            "open": found.open(now),
            "upcoming": found.upcoming(now),
            "closed": found.closed(now),
            "overdue": found.overdue(now),
            "answered": found.answered(),
        }
        return Narrow(agency=which.agency or "", topic=which.topic or "").of(narrowed.get(which.state, found))

    def find(self, key: str, now: datetime) -> "QuerySet[Consultation]":
        return by_uuid(public_consultations().select_related("agency"), "translation_key", key)

    def anchor(self, key: str, now: datetime) -> "QuerySet[Consultation]":
        return by_uuid(Consultation.objects.all(), "translation_key", key)

    def shown(self, rows: Sequence[Consultation], language: str, now: datetime) -> Iterable[Shown]:
        topics: dict[int, list[Shown]] = {row.pk: [] for row in rows}
        about = About.objects.filter(consultation__in=rows).select_related("topic").order_by("topic__slug")
        for each in about.prefetch_related("topic__titles"):
            topics[each.consultation_id].append(shown.topic(each.topic, language))
        for listed in hall.listed(rows, language):
            row = listed.consultation
            yield {
                "key": row.translation_key,
                "title": listed.title,
                "summary": listed.summary,
                "language": listed.language,
                "url": shown.full(listed.url),
                "agency": {"slug": row.agency.slug, "name": listed.agency},
                "topics": topics[row.pk],
                "state": row.state(now),
                "opens_at": row.opens_at,
                "closes_at": row.closes_at,
                "first_closes_at": row.first_closes_at,
                "answer_due_on": row.answer_due_on,
                "first_answer_due_on": row.first_answer_due_on,
                "answered_at": row.answered_at,
                "participants": row.participant_count,
                "responses": row.response_count,
                "counted_at": row.counted_at,
            }

    def detail(self, row: Consultation, language: str, now: datetime) -> Shown:
        released = hall.released_outcomes().filter(consultation=row)
        return {
            **super().detail(row, language, now),
            "questions": [_question(*found) for found in hall.specs_for(row, language)],
            "outcomes": [
                {
                    "key": found.outcome.translation_key,
                    "title": found.title,
                    "language": found.language,
                    "url": shown.full(found.url),
                    "released_at": found.outcome.released_at,
                }
                for found in hall.listed_outcomes(released, language)
            ],
            "contributions": shown.full(reverse("api:v1:contributions_of", args=[row.translation_key])),
        }


def _question(row: Question, spec: QuestionSpec) -> Shown:
    """A question in somebody's language; options in order, by the ids under which they are counted."""
    words = spec.words.get("options", {})
    return {
        "key": spec.key,
        "instrument": spec.instrument,
        "prompt": spec.prompt,
        "hint": spec.hint,
        "language": spec.language,
        "required": spec.required,
        "visibility": spec.visibility,
        "opens_at": row.phase.opens_at,
        "closes_at": row.phase.closes_at,
        "options": [
            {"key": option["id"], "words": words.get(option["id"], ""), "retired": option["retired"]}
            for option in spec.settings.get("options", [])
        ],
        "settings": spec.settings,
    }


nouns.register(Consultations())

"""Outcomes: what was said, what was decided, and what became of the promises."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from api import shown
from api.nouns import Noun, Shown, nouns
from api.queries import by_uuid, public_consultations
from api.schema import MOMENT, OTHER_KEY, SLUG, UUID_KEY, InLanguage, Item, Named, means, narrows
from consultations import queries as hall
from consultations.models import Outcome
from consultations.queries.outcomes import page_of


class WhichOutcomes(InLanguage):
    """Narrows the list of outcomes."""

    agency: str | None = narrows("Slug of an agency", pattern=SLUG)
    consultation: UUID | None = narrows("Key of a consultation")


class OutcomeOut(Item):
    """What the agency answered, in a list."""

    key: UUID = means("What it is called by programs; it never changes", OTHER_KEY)
    consultation: UUID = means("Key of the consultation that it answers", UUID_KEY)
    title: str = means("Its title", "What became of it: water at night")
    said: str = means("What people said, in a few lines", "Most of you need water after ten at night.")
    language: str = means("Code of the language of its words", "en")
    url: str = means("Address of its page", "https://samvad.example/en/water/water-at-night/outcome/")
    agency: Named = means("Who answers")
    released_at: datetime = means("When it was released; from then on its figures stand still", MOMENT)


class AnswerOut(Item):
    """A theme of what was said, with the official answer to it."""

    key: UUID = means("What it is called by programs; it never changes", UUID_KEY)
    label: str = means("What people said, in a line", "Water comes too early")
    summary: str = means("What people said", "Who works late finds the tank empty.")
    answer: str = means("What the agency answers to it", "The second pump runs from ten to five.")
    language: str = means("Code of the language of these words", "en")
    voices: int = means("How many contributions were read as this theme", 87)


class FigureOut(Item):
    """A number that the outcome states."""

    key: str = means("Which query it comes from: responses, participants, ideas, theme:… …", "responses")
    value: Decimal = means("The number, as it was frozen", "460.00")
    as_of: datetime = means("When it was frozen", MOMENT)


class PromiseOut(Item):
    """Something that will be done."""

    what: str = means("What will be done", "A tap at the market")
    office: str = means("Which office does it", "Works department")
    due: date = means("By when", "2027-03-01")
    state: str = means("promised, doing, done or dropped", "promised")
    reason: str = means("Why it was dropped; empty otherwise", "")


class OutcomeDetail(OutcomeOut):
    """An outcome with its answers, figures and promises."""

    decision: str = means(
        "What was decided, and why, without its formatting", "From May the pumps run all night."
    )
    answers: list[AnswerOut] = means("The official answer to each theme, in order")
    figures: list[FigureOut] = means("The numbers that it states")
    promises: list[PromiseOut] = means("What happens next")


class Outcomes(Noun[Outcome]):
    """Those that were released and stand, the newest first."""

    key = "outcomes"
    one = "outcome"
    words = _("Outcomes")
    about = _("What agencies answered: what people said, what was decided, what is promised.")
    item, whole, which = OutcomeOut, OutcomeDetail, WhichOutcomes
    by = ("-released_at", "-pk")

    def rows(self, which: Any, now: datetime) -> "QuerySet[Outcome]":
        found = _released()
        if which.agency is not None:
            found = found.filter(consultation__agency__slug=which.agency)
        if which.consultation is not None:
            found = found.filter(consultation__translation_key=which.consultation)
        return found

    def find(self, key: str, now: datetime) -> "QuerySet[Outcome]":
        return by_uuid(_released(), "translation_key", key)

    def shown(self, rows: Sequence[Outcome], language: str, now: datetime) -> Iterable[Shown]:
        for found in hall.listed_outcomes(rows, language):
            row = found.outcome
            yield {
                "key": row.translation_key,
                "consultation": row.consultation.translation_key,
                "title": found.title,
                "said": found.said,
                "language": found.language,
                "url": shown.full(found.url),
                "agency": {"slug": row.consultation.agency.slug, "name": found.agency},
                "released_at": row.released_at,
            }

    def detail(self, row: Outcome, language: str, now: datetime) -> Shown:
        page = page_of(row, language)
        return {
            **super().detail(row, language, now),
            "decision": " ".join(strip_tags(page.decision.replace("<", " <")).split()),
            "answers": [
                _answer(each, language, row.consultation.language)
                for each in row.answers.annotate(number=Count("voices"))
            ],
            "figures": list(row.figures.order_by("key").values("key", "value", "as_of")),
            "promises": [
                {
                    "what": each.what,
                    "office": each.who,
                    "due": each.due,
                    "state": each.state,
                    "reason": each.reason,
                }
                for each in hall.promises_of(page)
            ],
        }


def _answer(row: Any, language: str, source: str) -> Shown:
    words, shown_in = hall.answer_words(row, language, source)
    said = {name: words.get(name) or "" for name in ("label", "summary", "answer")}
    return {"key": row.key, **said, "language": shown_in, "voices": row.number}


def _released() -> "QuerySet[Outcome]":
    return hall.released_outcomes().filter(consultation__in=public_consultations().values("pk"))


nouns.register(Outcomes())

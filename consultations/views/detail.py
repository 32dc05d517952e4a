"""A consultation: what is decided and by when, what is asked, who sees the answers, whose turn it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import queries, reasons
from consultations.instruments import QuestionSpec, instruments
from consultations.models import Consultation, ConsultationPage, Contribution, Question
from consultations.permissions import may_take_part
from consultations.services import code_of, drafts
from consultations.services.drafts import Owner
from consultations.views import words
from consultations.views.answering import SHORT, visitor_of
from consultations.views.answers import talk_item
from consultations.views.card import share_of
from consultations.views.phases import PhaseShown, from_blocks, from_rows, parts
from consultations.views.reader import reader
from consultations.views.standing import facts_of, steps_of
from consultations.views.translations import translations_of
from foundation import clock
from foundation.prepared import prepared

SHOWN_ANSWERS = 5


def context(page: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """The values of `consultations/detail.html`, for readers and for a preview that has no rows yet."""
    now = clock.now()
    language = page.locale.language_code
    row = next(iter(_row(page.translation_key)), None)
    preview = bool(getattr(request, "is_preview", False)) or row is None
    asked = queries.specs_for(row, language) if row is not None else []
    phases = from_blocks(page, language) if preview or row is None else from_rows(row, asked, language)
    promise = page.answer_due_on if row is None else row.answer_due_on
    outcome = queries.outcome_of(row) if row is not None else None
    agency = page.get_parent().specific
    values: dict[str, Any] = {
        "consultation": row,
        "agency": agency,
        "phases": phases,
        "parts": parts(phases, now),
        "facts": facts_of(row, phases, promise, now),
        "steps": steps_of(row, phases, promise, outcome, now),
        "answered_by": page.answered_by,
        "translations": translations_of(page, request, "consultations:index"),
        "tag": words.tag_of(row, now) if row is not None else (_("Draft"), ""),
        "state": row.state(now) if row is not None else "draft",
    }
    if row is not None:
        values["withdrawn"] = reasons.words(row.withdrawn_reason)
        values["share"] = share_of(row, request)
        values |= _turn(row, phases, request, now)
        values |= _published(row, asked, now)
        values["results"] = _results(asked) if row.is_closed(now) else []
        if outcome is not None:
            values["outcome"] = queries.listed_outcomes([outcome], language, request)[0]
    return values


@prepared
def _row(key: UUID) -> "QuerySet[Consultation]":
    return Consultation.objects.select_related("agency").filter(translation_key=key)


def _turn(
    row: Consultation, phases: Sequence[PhaseShown], request: HttpRequest, now: datetime
) -> dict[str, Any]:
    """The ways to answer now; for somebody who is signed in, also what they did already."""
    if not row.is_open(now):
        return {"forms": []}
    person = reader(request)
    visitor = visitor_of(request)
    owner = Owner(person=person) if person else Owner(visitor=visitor) if visitor else None
    forms = []
    for phase in phases:
        if phase.row is None or not phase.is_open(now) or not phase.has_form:
            continue
        earlier = queries.active_response(person, phase.row) if person else None
        url = reverse("consultations:respond", args=[row.translation_key, phase.row.pk])
        if earlier is not None:
            url = reverse("consultations:voice", args=[code_of(earlier) or "-"])
        draft = drafts.kept(owner, phase.row) if owner is not None and earlier is None else None
        forms.append(
            {
                "url": url,
                "title": phase.title,
                "lang": phase.language,
                "answered": earlier is not None,
                "begun": draft is not None,
                "in_steps": phase.form_questions > SHORT,
            }
        )
    return {"forms": forms, "member": person is not None and not may_take_part(person, row)}


def _published(
    row: Consultation, asked: Sequence[tuple[Question, QuestionSpec]], now: datetime
) -> dict[str, Any]:
    """The newest answers that everybody may read, and how many there are."""
    newest = _newest(row.pk, now)
    prompts = {question.pk: spec.prompt for question, spec in asked}
    return {
        "answers": [talk_item(found, prompts) for found in newest[:SHOWN_ANSWERS]],
        "more_answers": len(newest) > SHOWN_ANSWERS,
    }


@prepared
def _newest(consultation: int, now: datetime) -> "QuerySet[Contribution]":
    return queries.visible_answers(consultation, now)[: SHOWN_ANSWERS + 1]


def _results(asked: Sequence[tuple[Question, QuestionSpec]]) -> list[dict[str, Any]]:
    """How people answered the questions that are counted; after the close, so that nobody follows a crowd."""
    found = []
    for question, spec in asked:
        if question.instrument not in instruments:
            continue
        tally = queries.tally_of(question, spec)
        if tally.lines and tally.answered:
            answered = ngettext("%(n)d answer", "%(n)d answers", tally.answered) % {"n": tally.answered}
            rows = [(line.label, line.count) for line in tally.lines]
            found.append(
                {
                    "title": spec.prompt,
                    "rows": rows,
                    "note": answered,
                    "id": str(question.pk),
                    "lang": spec.language,
                }
            )
    return found

"""Making room for voices from another system: an agency and a closed consultation, as far as one person may.

The page is a draft: a second person approves it like any other. The rows are there at once, so that nothing is lost.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.models import Agency
from consultations import structure
from consultations.instruments import instruments
from consultations.models import AgencyPage, Consultation, ConsultationPage, Phase, Question
from consultations.services.agencies import ensure_workflow, open_agency
from foundation import clock
from records.services import enter


@transaction.atomic
def prepare_archive(
    *,
    agency_name: str,
    title: str,
    instrument: str,
    prompt: str,
    language: str,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
) -> Question:
    """The question that imported voices answer: found by agency and title, or made with all that it needs.

    Makes the agency when there is none of that name, a draft page with one phase and one question, and their rows.
    """
    slug = slugify(agency_name) or "imported"
    agency = Agency.objects.filter(slug=slug).first() or open_agency(
        name=agency_name, slug=slug, by=None, now=now
    )
    found = Question.objects.filter(
        consultation__agency=agency, consultation__title=title, instrument=instrument
    ).first()
    if found is not None:
        return found
    ensure_workflow()
    page = _draft(agency, title, instrument, prompt, language, opens_at, closes_at)
    return _rows(page, agency, now)


def _draft(
    agency: Agency,
    title: str,
    instrument: str,
    prompt: str,
    language: str,
    opens_at: datetime,
    closes_at: datetime,
) -> ConsultationPage:
    pages = AgencyPage.objects.filter(agency=agency).order_by("path")
    parent = pages.filter(locale__language_code=language).first() or pages[0]
    value: dict[str, Any] = {"prompt": prompt, "hint": "", "required": False}
    value["visibility"] = instruments[instrument].default_visibility
    question = {"type": instrument, "id": str(uuid.uuid4()), "value": value}
    phase = {"title": title[:120], "opens_at": opens_at, "closes_at": closes_at, "questions": [question]}
    page = ConsultationPage(
        title=title[:255],
        slug=f"{slugify(title)[:60] or 'imported'}-{uuid.uuid4().hex[:6]}",
        summary=prompt[:400],
        phases=[{"type": "phase", "id": str(uuid.uuid4()), "value": phase}],
        answer_due_on=clock.day(closes_at + timedelta(days=agency.response_days)),
        answered_by=agency.name,
        locale=parent.locale,
        live=False,
    )
    parent.add_child(instance=page)
    page.save_revision()
    return page


def _rows(page: ConsultationPage, agency: Agency, now: datetime) -> Question:
    phase = structure.read(page)[0]
    consultation = Consultation.objects.create(
        translation_key=page.translation_key,
        agency=agency,
        page=page,
        language=page.locale.language_code,
        title=page.title,
        slug=page.slug,
        opens_at=phase.opens_at,
        closes_at=phase.closes_at,
        answer_due_on=page.answer_due_on,
        first_closes_at=phase.closes_at,
        first_answer_due_on=page.answer_due_on,
        registered_at=now,
        opened_told_at=now,
        closed_told_at=now,
    )
    enter("consultation_registered", agency=agency.slug, thing=str(consultation.translation_key))
    row = Phase.objects.create(
        consultation=consultation,
        block_id=structure.identity(phase.block_id),
        opens_at=phase.opens_at,
        closes_at=phase.closes_at,
    )
    block = phase.questions[0]
    return Question.objects.create(
        consultation=consultation,
        phase=row,
        block_id=structure.identity(block.block_id),
        instrument=block.instrument,
        visibility=block.visibility,
        settings=block.settings,
    )

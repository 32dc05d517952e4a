"""Asking: an approved page becomes the rows that people answer to. Called by the release, in its transaction."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consultations import seams, signals, structure
from consultations.instruments import instruments
from consultations.models import Consultation, ConsultationPage, Phase, Question, Wording
from foundation import approvals, audit
from foundation.announce import announce
from foundation.errors import WrongState
from foundation.models import Approval
from records.services import enter


@seams.at_release_of("ConsultationPage")
def register_page(page: ConsultationPage, approval: Approval, now: datetime) -> Consultation:
    """Writes or renews the rows of a released page; a translation brings its wording alone.

    Upserts by (translation key, block id), keeps each version of the words, and retires what is gone.
    Raises WrongState for a block without an identity, a page without phases, or a translation whose source was
    never released.
    """
    row = Consultation.objects.select_for_update().filter(translation_key=page.translation_key).first()
    language = page.locale.language_code
    if row is None or row.language == language:
        row = _write_structure(page, row, now)
    _write_wordings(page, row, approval, language, now)
    enter(
        "wording_approved",
        agency=row.agency.slug,
        thing=str(row.translation_key),
        language=language,
        sha256=approval.sha256,
    )
    audit.write("consultation.registered", by=None, thing=f"consultation:{row.pk}", language=language)
    return row


def _write_structure(page: ConsultationPage, row: Consultation | None, now: datetime) -> Consultation:
    agency = page.asking_agency()
    phases = structure.read(page)
    if agency is None or not phases:
        raise WrongState(
            _("A consultation needs an agency and at least one phase before it can be released.")
        )
    values: dict[str, Any] = {
        "agency": agency,
        "page": page,
        "language": page.locale.language_code,
        "title": page.title,
        "slug": page.slug,
        "opens_at": min(phase.opens_at for phase in phases),
        "closes_at": max(phase.closes_at for phase in phases),
        "answer_due_on": page.answer_due_on,
        "moderation": page.moderation,
    }
    if row is None:
        row = Consultation.objects.create(
            translation_key=page.translation_key,
            first_closes_at=values["closes_at"],
            first_answer_due_on=page.answer_due_on,
            registered_at=now,
            **values,
        )
        enter("consultation_registered", agency=agency.slug, thing=str(row.translation_key))
        announce(signals.consultation_announced, consultation=row)
    else:
        if row.agency_id != agency.pk:
            raise WrongState(_("A consultation cannot move to another agency."))
        Consultation.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    row.topics.set(page.topics.all())
    _write_blocks(row, phases, now)
    return row


def _write_blocks(row: Consultation, phases: list[structure.PhaseBlockData], now: datetime) -> None:
    known = {question.block_id: question for question in row.questions.all()}
    kept_phases, kept = [], []
    position = 0
    for number, phase in enumerate(phases):
        phase_row, _new = Phase.objects.update_or_create(
            consultation=row,
            block_id=structure.identity(phase.block_id),
            defaults={
                "position": number,
                "opens_at": phase.opens_at,
                "closes_at": phase.closes_at,
                "retired_at": None,
            },
        )
        kept_phases.append(phase_row.pk)
        for block in phase.questions:
            block_id = structure.identity(block.block_id)
            before = known.get(block_id)
            instrument = instruments[block.instrument]
            Question.objects.update_or_create(
                consultation=row,
                block_id=block_id,
                defaults={
                    "phase": phase_row,
                    "position": position,
                    "instrument": block.instrument,
                    "visibility": block.visibility,
                    "required": block.required,
                    "settings": instrument.kept_settings(before.settings if before else {}, block.settings),
                    "retired_at": None,
                },
            )
            kept.append(block_id)
            position += 1
    row.questions.exclude(block_id__in=kept).filter(retired_at__isnull=True).update(retired_at=now)
    row.phases.exclude(pk__in=kept_phases).filter(retired_at__isnull=True).update(retired_at=now)


def _write_wordings(
    page: ConsultationPage, row: Consultation, approval: Approval, language: str, now: datetime
) -> None:
    questions = {question.block_id: question for question in row.questions.all()}
    words: dict[str, tuple[Question | None, dict[str, Any]]] = {
        "consultation": (
            None,
            {"title": page.title, "summary": page.summary, "answered_by": page.answered_by},
        )
    }
    for phase in structure.read(page):
        words[str(phase.block_id)] = (None, {"title": phase.title})
        for block in phase.questions:
            if block.block_id in questions:
                words[str(block.block_id)] = (questions[block.block_id], block.words)
    for key, (question, said) in words.items():
        sha256 = approvals.canonical_sha256(said)
        newest = (
            Wording.objects.filter(consultation=row, key=key, language=language).order_by("version").last()
        )
        if newest is not None and newest.sha256 == sha256:
            continue
        Wording.objects.create(
            consultation=row,
            question=question,
            key=key,
            language=language,
            version=newest.version + 1 if newest else 1,
            words=said,
            sha256=sha256,
            approval=approval,
            made_at=now,
        )

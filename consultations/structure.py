"""Reads a consultation page's phases and questions as plain data, and says what may not change any more."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations.instruments import instruments
from consultations.models.subjects import Consultation, Question, Visibility
from foundation.errors import WrongState


@dataclass(frozen=True)
class QuestionBlock:
    """One question of a page: ids and settings apart from words."""

    block_id: UUID | None
    instrument: str
    required: bool
    visibility: str
    settings: dict[str, Any]
    words: dict[str, Any]


@dataclass(frozen=True)
class PhaseBlockData:
    """One phase of a page with its questions in order."""

    block_id: UUID | None
    title: str
    opens_at: datetime
    closes_at: datetime
    questions: list[QuestionBlock] = field(default_factory=list)


def _uuid(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


def read(page: Any) -> list[PhaseBlockData]:
    """The phases of a page as they stand in it."""
    return [
        PhaseBlockData(
            block_id=_uuid(phase.id),
            title=phase.value["title"],
            opens_at=phase.value["opens_at"],
            closes_at=phase.value["closes_at"],
            questions=[_question(child) for child in phase.value["questions"]],
        )
        for phase in page.phases
    ]


def _question(child: Any) -> QuestionBlock:
    instrument = instruments[child.block_type]
    return QuestionBlock(
        block_id=_uuid(child.id),
        instrument=child.block_type,
        required=bool(child.value.get("required")),
        visibility=child.value["visibility"],
        settings=instrument.settings_of(child.value),
        words=instrument.words_of(child.value),
    )


def identity(value: UUID | None) -> UUID:
    """The identity of a block that was saved; raises WrongState for one that has none yet."""
    if value is None:
        raise WrongState(_("A phase or question has no identity yet. Save the page once more in the editor."))
    return value


def check(page: Any) -> None:
    """Raises ValidationError with every reason why this page cannot stand as it is."""
    phases = read(page)
    problems = [
        _("“%(title)s” closes before it opens.") % {"title": phase.title}
        for phase in phases
        if phase.closes_at <= phase.opens_at
    ]
    ids = [block.block_id for phase in phases for block in phase.questions if block.block_id]
    if len(ids) != len(set(ids)):
        problems.append(_("Two questions share one identity. Delete one of them and write it again."))
    row = (
        Consultation.objects.filter(translation_key=page.translation_key).first()
        if page.translation_key
        else None
    )
    if row is not None and page.locale.language_code == row.language:
        problems += _changes(row, phases)
    if problems:
        raise ValidationError({"phases": problems})


def _retired_instruments(phases: list[PhaseBlockData]) -> list[str]:
    """New questions that use an instrument which is kept for old pages only."""
    blocks = [
        block for phase in phases for block in phase.questions if not instruments[block.instrument].offered
    ]
    known = set(
        Question.objects.filter(block_id__in=[b.block_id for b in blocks]).values_list("block_id", flat=True)
    )
    return [
        _("“%(instrument)s” is no longer offered. Choose another instrument for this question.")
        % {"instrument": instruments[block.instrument].label}
        for block in blocks
        if block.block_id not in known
    ]


def _changes(row: Consultation, phases: list[PhaseBlockData]) -> list[str]:
    """What an edit may not do once people have answered."""
    blocks = {block.block_id: block for phase in phases for block in phase.questions}
    problems = []
    for question in Question.objects.filter(consultation=row, retired_at__isnull=True):
        if question.instrument not in instruments:
            problems.append(
                _("The instrument “%(key)s” is not installed; its question would be lost.")
                % {"key": question.instrument}
            )
            continue
        block = blocks.get(question.block_id)
        if block is None or not question.contributions.exists():
            continue
        prompt = block.words.get("prompt", "")
        if block.instrument != question.instrument:
            problems.append(_("“%(prompt)s” was answered as another kind of question.") % {"prompt": prompt})
            continue
        if Visibility(block.visibility).tightness < Visibility(question.visibility).tightness:
            problems.append(
                _(
                    "People answered “%(prompt)s” under a narrower promise of who sees it. It can only be tightened."
                )
                % {"prompt": prompt}
            )
        for reason in instruments[question.instrument].meaning_changed(question.settings, block.settings):
            problems.append(_("“%(prompt)s”: %(reason)s") % {"prompt": prompt, "reason": reason})
    return problems

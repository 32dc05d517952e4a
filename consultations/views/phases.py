"""The phases and questions of a consultation as a reader sees them: from rows, or from blocks in a preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations import queries, structure
from consultations.instruments import QuestionSpec, instruments
from consultations.models import Consultation, ConsultationPage, Phase, Question, Visibility
from consultations.views import words
from foundation.prepared import prepared


@dataclass
class PhaseShown:
    """A phase as a reader sees it: from rows once released, from the page's blocks in a preview."""

    title: str
    language: str
    opens_at: datetime
    closes_at: datetime
    specs: list[QuestionSpec] = field(default_factory=list)
    row: Phase | None = None

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    @property
    def form_questions(self) -> int:
        """How many of its questions are answered in the form."""
        return sum(
            spec.instrument in instruments and instruments[spec.instrument].form_field(spec) is not None
            for spec in self.specs
        )

    @property
    def has_form(self) -> bool:
        """Can any of its questions be answered in the form?"""
        return self.form_questions > 0


def from_blocks(page: ConsultationPage, language: str) -> list[PhaseShown]:
    """As an editor wrote them, released or not."""
    return [
        PhaseShown(
            title=phase.title,
            language=language,
            opens_at=phase.opens_at,
            closes_at=phase.closes_at,
            specs=[
                QuestionSpec(
                    key=str(block.block_id or ""),
                    instrument=block.instrument,
                    prompt=block.words.get("prompt", ""),
                    hint=block.words.get("hint", ""),
                    language=language,
                    required=block.required,
                    visibility=block.visibility,
                    settings=block.settings,
                    words=block.words,
                )
                for block in phase.questions
            ],
        )
        for phase in structure.read(page)
    ]


def from_rows(
    row: Consultation, asked: Sequence[tuple[Question, QuestionSpec]], language: str
) -> list[PhaseShown]:
    """As people answer to them, in the reader's words where there are any."""
    titles = queries.phase_titles(row, language)
    found = []
    for phase in _phases(row.pk):
        phase.consultation = row
        title, shown = titles.get(phase.block_id, ("", language))
        specs = [spec for question, spec in asked if question.phase_id == phase.pk]
        found.append(PhaseShown(title, shown, phase.opens_at, phase.closes_at, specs, phase))
    return found


@prepared
def _phases(consultation: int) -> "QuerySet[Phase]":
    return Phase.objects.filter(consultation=consultation, retired_at__isnull=True)


def parts(phases: Sequence[PhaseShown], now: datetime) -> list[dict[str, Any]]:
    """What is asked now, then what is asked later, then what was asked; the numbers are those of the whole."""
    numbered = iter(questions(phases))
    found = []
    for phase in phases:
        asked = [next(numbered) for _spec in phase.specs]
        if phase.is_open(now):
            rank, heading = 0, _("Asked now, until %(moment)s") % {"moment": words.minute(phase.closes_at)}
        elif now < phase.opens_at:
            rank, heading = 1, _("Asked from %(moment)s on") % {"moment": words.minute(phase.opens_at)}
        else:
            rank, heading = 2, _("Was asked until %(day)s") % {"day": words.day(phase.closes_at)}
        title = phase.title if len(phases) > 1 else ""
        part = {"heading": heading, "title": title, "lang": phase.language, "questions": asked}
        if asked:
            found.append((rank, part))
    return [part for _rank, part in sorted(found, key=lambda pair: pair[0])]


def questions(phases: Sequence[PhaseShown]) -> list[dict[str, Any]]:
    """The questions in order, each with the way it is answered and who sees the answers, in words."""
    specs = [spec for phase in phases for spec in phase.specs]
    return [
        {
            "number": number,
            "spec": spec,
            "how": instruments[spec.instrument].label if spec.instrument in instruments else "",
            "seen": Visibility(spec.visibility).label,
        }
        for number, spec in enumerate(specs, start=1)
    ]

"""The phases and questions of a consultation as a reader sees them: from rows, or from blocks in a preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from consultations import queries, structure
from consultations.instruments import QuestionSpec, instruments
from consultations.models import Consultation, ConsultationPage, Phase, Question, Visibility


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
    for phase in row.phases.filter(retired_at__isnull=True):
        title, shown = titles.get(phase.block_id, ("", language))
        specs = [spec for question, spec in asked if question.phase_id == phase.pk]
        found.append(PhaseShown(title, shown, phase.opens_at, phase.closes_at, specs, phase))
    return found


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

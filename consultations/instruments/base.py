"""What an instrument is: a block for the editor, a field for the citizen, an answer's shape, a tally, an export.

An instrument speaks plain dataclasses and a QuerySet that is given to it. It knows no model, so a preview, a paper
form and an import use it as the site does. It is retired with `offered = False`, never removed: a page that holds
an unknown block would lose it at its next save.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from foundation.registry import Registry

VISIBILITIES = [
    ("at_once", _("Published at once")),
    ("after_close", _("Published after moderation when it closes")),
    ("summarised", _("Only counted and summarised")),
    ("confidential", _("Confidential")),
]
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class QuestionSpec:
    """A question as a reader meets it: its settings (ids, scales) and its words in one language."""

    key: str
    instrument: str
    prompt: str
    hint: str = ""
    language: str = "en"
    required: bool = False
    visibility: str = "summarised"
    settings: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """One answer, validated: free words and a JSON value whose shape the instrument declares."""

    text: str = ""
    answer: Any = None


@dataclass(frozen=True)
class TallyLine:
    """One line of a tally: an id that stays, a label in the reader's language, how many, and the share in percent."""

    key: str
    label: str
    count: int
    percent: float


@dataclass(frozen=True)
class Tally:
    """What was answered, counted over the contributions given: `answered` of them, in lines, with a mean if any."""

    answered: int
    lines: tuple[TallyLine, ...] = ()
    mean: float | None = None


class Answers(Protocol):
    """What a tally reads: a QuerySet of contributions, of which it asks values only."""

    def values_list(self, *fields: str, flat: bool = False) -> Iterable[Any]: ...


class Instrument(ABC):
    """Base of every instrument. Subclasses set `key` and `label` and say how an answer looks."""

    key: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str] = "help"
    offered: ClassVar[bool] = True
    verbs: ClassVar[frozenset[str]] = frozenset({"answer"})
    default_visibility: ClassVar[str] = "summarised"
    has_words: ClassVar[bool] = False
    on_a_scale: ClassVar[bool] = False
    """Are the keys of its lines points, so that they have a mean?"""

    def fields(self) -> list[tuple[str, blocks.Block]]:
        """The instrument's own settings in the editor, beside prompt, hint, required and visibility."""
        return []

    def block(self) -> blocks.StructBlock:
        """The StreamField block of this instrument."""
        common: list[tuple[str, blocks.Block]] = [
            ("prompt", blocks.CharBlock(label=_("Question"), max_length=300)),
            ("hint", blocks.CharBlock(label=_("Help for the answer"), max_length=500, required=False)),
            ("required", blocks.BooleanBlock(label=_("Must be answered"), required=False)),
            (
                "visibility",
                blocks.ChoiceBlock(
                    label=_("Who sees the answers"), choices=VISIBILITIES, default=self.default_visibility
                ),
            ),
        ]
        return blocks.StructBlock([*common, *self.fields()], label=self.label, icon=self.icon)

    def settings_of(self, value: Any) -> dict[str, Any]:
        """The settings of a filled block that carry no words (option ids, points, limits)."""
        return {}

    def words_of(self, value: Any) -> dict[str, Any]:
        """The words of a filled block, by id where there are several."""
        return {"prompt": value["prompt"], "hint": value.get("hint") or ""}

    def meaning_changed(self, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        """What may not change after the first answer, in words; empty when nothing is wrong."""
        return []

    def kept_settings(self, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        """New settings with what must be remembered of the old ones, such as retired options."""
        return new

    @abstractmethod
    def form_field(self, spec: QuestionSpec) -> forms.Field | None:
        """The citizen's form field, or None when it is answered on a page of its own."""

    @abstractmethod
    def clean(self, spec: QuestionSpec, raw: Any) -> Said | None:
        """The validated answer to a cleaned field value; None when nothing was said. Raises forms.ValidationError."""

    def describe(self, spec: QuestionSpec, text: str, answer: Any) -> str:
        """An answer in words, in the language of the spec."""
        return text

    def lines(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        """What is counted: ids that stay with their labels, in order. Empty: only how many answered is counted."""
        return []

    def keys(self, answer: Any) -> list[str]:
        """The ids of the lines under which an answer counts."""
        return []

    def tally(self, spec: QuestionSpec, answers: Answers) -> Tally:
        """Counts over the contributions of this question."""
        counts: Counter[str] = Counter()
        answered = 0
        for answer in answers.values_list("answer", flat=True):
            answered += 1
            counts.update(self.keys(answer))
        return self.counted(spec, counts, answered)

    def counted(self, spec: QuestionSpec, counts: Mapping[str, int], answered: int) -> Tally:
        """Counts by id as a tally in the reader's language, wherever they were counted."""
        lines = tuple(
            TallyLine(
                key=key, label=label, count=counts.get(key, 0), percent=share(counts.get(key, 0), answered)
            )
            for key, label in self.lines(spec)
        )
        mean = None
        if self.on_a_scale and answered:
            mean = round(sum(int(line.key) * line.count for line in lines) / answered, 2)
        return Tally(answered=answered, lines=lines, mean=mean)

    def export(self, spec: QuestionSpec, text: str, answer: Any) -> dict[str, str]:
        """Columns of one answer for CSV."""
        return {"text": text}


def share(count: int, of: int) -> float:
    """Percent of `of`, one decimal; 0.0 when there is nothing."""
    return round(100 * count / of, 1) if of else 0.0


instruments: Registry[Instrument] = Registry("instrument")

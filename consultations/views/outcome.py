"""An outcome: asked, said, done; numbers with their moment, themes with our answers, promises, and the books."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import figures, queries
from consultations.models import Consultation, Contribution, Figure, Outcome, OutcomePage
from consultations.views import words
from consultations.views.translations import translations_of
from consultations.views.voices import attribution, may_be_quoted
from foundation import clock
from foundation.errors import BadInput


@dataclass(frozen=True)
class Number:
    """A number of an outcome: frozen at its release, or as it stands now in a draft."""

    key: str
    value: Decimal | None
    as_of: datetime
    query_sha256: str = ""
    frozen: bool = False

    def __str__(self) -> str:
        if self.value is None:
            return "?"
        places = 0 if self.value == self.value.to_integral_value() else 2
        return number_format(self.value, decimal_pos=places, use_l10n=True, force_grouping=True)


def context(page: OutcomePage, request: HttpRequest) -> dict[str, Any]:
    """The values of `consultations/outcome.html`, for readers and for a preview that has no rows yet."""
    now = clock.now()
    parent = page.get_parent().specific
    outcome = Outcome.objects.filter(translation_key=page.translation_key).select_related("approval").first()
    consultation = (
        Consultation.objects.select_related("agency").filter(translation_key=parent.translation_key).first()
    )
    language = page.locale.language_code
    numbers = _Numbers(consultation, outcome, now)
    released = outcome.released_at if outcome is not None else None
    return {
        "outcome": outcome,
        "consultation": consultation,
        "asked_page": parent,
        "agency": parent.get_parent().specific,
        "released": localtime(released) if released else None,
        "timing": words.timing(consultation.answer_due_on, released) if consultation and released else "",
        "promised": consultation.answer_due_on if consultation else None,
        "did": did(page),
        "figures": [
            {"number": numbers.of(b.value["figure"]), "caption": b.value["caption"]} for b in page.figures
        ],
        "numbers": numbers,
        "themes": _themes(page, consultation, numbers),
        "promises": [_promise(promise, clock.day(now)) for promise in queries.promises_of(page)],
        "books": _books(outcome),
        "language": language,
        "now": now,
        "translations": translations_of(page, request, "consultations:outcomes"),
    }


def did(page: OutcomePage) -> str:
    """The decision in a breath: its first paragraph."""
    first = page.decision.partition("</p>")[0]
    return Truncator(strip_tags(first).strip()).words(34)


class _Numbers:
    """The numbers of one outcome: the frozen ones where there are any."""

    def __init__(self, consultation: Consultation | None, outcome: Outcome | None, now: datetime) -> None:
        self.consultation, self.now = consultation, now
        self.shown: dict[str, Number] = {}
        self.rows: Mapping[str, Figure] = (
            {row.key: row for row in outcome.figures.all()}
            if outcome is not None and outcome.released_at
            else {}
        )

    def of(self, key: str) -> Number:
        if key not in self.shown:
            self.shown[key] = self._read(key)
        return self.shown[key]

    def all(self) -> list[Number]:
        """Those that the page shows."""
        return list(self.shown.values())

    def _read(self, key: str) -> Number:
        row = self.rows.get(key)
        if row is not None:
            return Number(key, row.value, row.as_of, row.query_sha256, frozen=True)
        if self.consultation is None:
            return Number(key, None, self.now)
        try:
            reading = figures.read(self.consultation, key)
        except (BadInput, ValidationError, ValueError):
            return Number(key, None, self.now)
        return Number(key, reading.value, self.now, reading.query_sha256)

    @property
    def as_of(self) -> str:
        """The moment of the numbers, in words."""
        moments = [number.as_of for number in self.shown.values()]
        return words.minute(max(moments)) if moments else words.minute(self.now)

    @property
    def frozen(self) -> bool:
        return bool(self.shown) and all(number.frozen for number in self.shown.values())


def _themes(page: OutcomePage, consultation: Consultation | None, numbers: _Numbers) -> list[dict[str, Any]]:
    voices = _quoted(page, consultation)
    found = []
    for block in page.themes:
        value = block.value
        quotes = [voices.get(queries.quote_key(key)) for key in value["quotes"] if key]
        number = numbers.of(f"theme:{value['key']}")
        found.append(
            {
                "id": f"theme-{value['key']}",
                "label": value["label"],
                "summary": value["summary"],
                "answer": value["answer"],
                "number": number,
                "counted": _voices(number),
                "quotes": [quote for quote in quotes if quote],
                "gone": sum(1 for quote in quotes if quote is None),
            }
        )
    return found


def _voices(number: Number) -> str:
    many = int(number.value or 0)
    return ngettext("%(n)s voice", "%(n)s voices", many) % {"n": str(number)}


def _quoted(page: OutcomePage, consultation: Consultation | None) -> dict[UUID | None, dict[str, Any]]:
    """The quoted words by key; those that may not be quoted (any more) are left out."""
    named = (queries.quote_key(key) for block in page.themes for key in block.value["quotes"])
    keys = {key for key in named if key is not None}
    if consultation is None or not keys:
        return {}
    rows = Contribution.objects.filter(consultation=consultation, key__in=keys)
    return {
        row.key: {"text": row.text, "lang": row.language, "who": attribution(row)}
        for row in rows.select_related("response", "participant", "question")
        if may_be_quoted(row)
    }


def _promise(promise: queries.Promise, today: date) -> list[Any]:
    late = promise.days_late(today)
    tag, kind = {
        "done": (_("Kept"), "done"),
        "doing": (_("In progress"), "official"),
        "dropped": (_("Dropped"), "rest"),
        "promised": (_("Promised"), "official"),
    }[promise.state]
    if late:
        tag, kind = words.days_late(late), "urgent"
    due = {"text": words.short_day(promise.due), "datetime": promise.due.isoformat()}
    return [promise.what, promise.who, due, {"tag": tag, "tag_kind": kind, "note": promise.reason}]


def _books(outcome: Outcome | None) -> list[list[Any]]:
    """The rows of the books and their sum, as cells."""
    if outcome is None:
        return []
    rows = queries.books(outcome)
    if not rows:
        return []
    total = sum(row.count for row in rows)
    cells = [[row.label, _plain(row.count)] for row in rows]
    return [*cells, [_("All voices"), _plain(total)]]


def _plain(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)

"""Where a consultation stands: its facts with their moments, and the thread of whose turn it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation, Outcome
from consultations.views import words
from consultations.views.phases import PhaseShown
from foundation import clock


def facts_of(
    row: Consultation | None, phases: Sequence[PhaseShown], promise: Any, now: datetime
) -> list[dict[str, Any]]:
    """When it closes, who took part as of when, by when an answer is promised and whether that moved, what it asks."""
    if not phases:
        return []
    closes = max(phase.closes_at for phase in phases)
    opens = min(phase.opens_at for phase in phases)
    if now < opens:
        first: dict[str, Any] = {
            "term": _("Opens"),
            "value": words.day(opens),
            "note": _("Closes %(day)s") % {"day": words.day(closes)},
        }
    else:
        first = {"term": _("Closes") if now < closes else _("Closed"), "value": words.day(closes)}
        first["note"] = _closing_note(row, now)
    first |= {
        "people": True,
        "datetime": localtime(closes if now >= opens else opens).isoformat(timespec="seconds"),
    }
    facts: list[dict[str, Any]] = [first]
    if row is not None and now >= opens:
        facts.append(
            {
                "term": _("Took part"),
                "value": ngettext("%(n)s person", "%(n)s people", row.participant_count)
                % {"n": number_format(row.participant_count, use_l10n=True, force_grouping=True)},
                "note": _("As of %(moment)s") % {"moment": words.minute(row.counted_at)}
                if row.counted_at
                else _("Not counted yet"),
                "people": True,
            }
        )
    facts.append(
        {
            "term": _("Answer promised by"),
            "value": words.day(promise),
            "note": _moved(row),
            "datetime": promise.isoformat(),
        }
    )
    facts.append(_asked(phases))
    return facts


def _closing_note(row: Consultation | None, now: datetime) -> str:
    if row is None:
        return ""
    if row.first_closes_at != row.closes_at:
        return _("First announced for %(day)s") % {"day": words.day(row.first_closes_at)}
    return words.days_left(row, now) if row.is_open(now) else ""


def _moved(row: Consultation | None) -> str:
    if row is None:
        return ""
    if row.first_answer_due_on == row.answer_due_on:
        return _("Not moved since it was announced")
    return _("First promised by %(day)s") % {"day": words.day(row.first_answer_due_on)}


def _asked(phases: Sequence[PhaseShown]) -> dict[str, Any]:
    specs = [spec for phase in phases for spec in phase.specs]
    needed = sum(1 for spec in specs if spec.required)
    value = ngettext("%(n)d question", "%(n)d questions", len(specs)) % {"n": len(specs)}
    if not needed:
        return {"term": _("It asks"), "value": value, "note": _("None must be answered")}
    note = ngettext("%(n)d must be answered", "%(n)d must be answered", needed) % {"n": needed}
    return {"term": _("It asks"), "value": value, "note": note}


def steps_of(
    row: Consultation | None,
    phases: Sequence[PhaseShown],
    promise: Any,
    outcome: Outcome | None,
    now: datetime,
) -> list[dict[str, Any]]:
    """Where this stands: the phases, then our turn."""
    steps: list[dict[str, Any]] = []
    for phase in phases:
        span = _("%(first)s to %(last)s") % {
            "first": words.short_day(phase.opens_at),
            "last": words.short_day(phase.closes_at),
        }
        step: dict[str, Any] = {"title": phase.title, "lines": [span]}
        if phase.is_open(now):
            step |= {
                "state": "now",
                "turn": _("Your turn until %(moment)s") % {"moment": words.minute(phase.closes_at)},
            }
        else:
            step["state"] = "done" if now >= phase.closes_at else "next"
        steps.append(step)
    closed = bool(phases) and all(now >= phase.closes_at for phase in phases)
    answered = outcome is not None and outcome.released_at is not None
    weighing = {"title": _("Answers weighed"), "lines": [], "state": "next"}
    if closed and not answered:
        weighing |= {"state": "now-official", "turn": _("Our turn")}
    elif answered:
        weighing["state"] = "done"
    return [*steps, weighing, _answer_step(row, promise, outcome, now)]


def _answer_step(
    row: Consultation | None, promise: Any, outcome: Outcome | None, now: datetime
) -> dict[str, Any]:
    day = words.day(promise)
    if outcome is not None and outcome.released_at is not None:
        timing = words.timing(promise, outcome.released_at)
        return {"title": _("Our answer"), "state": "done", "lines": [words.day(outcome.released_at), timing]}
    if row is not None and row.is_overdue(now):
        days = max(1, (clock.day(now) - promise).days)
        return {"title": _("Our answer"), "state": "late", "turn": words.days_late(days),
                "lines": [_("It was promised by %(day)s.") % {"day": day}]}  # fmt: skip
    return {
        "title": _("Our answer"),
        "state": "next",
        "turn": _("Promised by %(day)s") % {"day": day},
        "lines": [],
    }

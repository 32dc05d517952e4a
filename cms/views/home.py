"""The opening page: what is open, what closes soon, what became of it."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms import queries
from cms.queries import Numbers
from consultations import queries as hall
from consultations.models import Consultation, Outcome, OutcomePage
from consultations.queries import Listed, ListedOutcome
from consultations.views import words
from consultations.views.rows import consultation_rows, outcome_rows
from foundation import clock
from foundation.prepared import prepared

SOON = timedelta(days=14)
CLOSING = 3
CARDS = 3
OUTCOMES = 3
WORDS = 40
"""About how many words of a decision stand on the opening page; whole sentences, where there are any."""
END = re.compile(r"(?<=[.!?।؟])\s+")


def lists(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Values of `cms/_home_lists.html`; the number of queries does not grow with what there is."""
    now, language = clock.now(), get_language() or "en"
    numbers = queries.numbers(now)
    found = hall.listed(_open(now), language, request)
    closing = [item for item in found if item.consultation.closes_at - now <= SOON][:CLOSING]
    others = [item for item in found if item not in closing][:CARDS]
    outcomes = hall.listed_outcomes(_answered(), language, request)
    newest = _in_short(outcomes[0], language) if outcomes else None
    few = len(others) < CARDS
    return {
        "stats": stats(numbers),
        "as_of": words.minute(numbers.as_of),
        "open": numbers.open,
        "closing": consultation_rows(closing, now),
        "cards": [] if few else [_card(item) for item in others],
        "rest": consultation_rows(others, now) if few else [],
        "newest": newest,
        "outcomes": outcome_rows(outcomes[1:] if newest else outcomes),
        "steps": _how_it_works(),
    }


@prepared
def _open(now: datetime) -> "QuerySet[Consultation]":
    return hall.open_consultations(now)[: CLOSING + CARDS]


@prepared
def _answered() -> "QuerySet[Outcome]":
    return hall.released_outcomes()[:OUTCOMES]


def stats(numbers: Numbers) -> list[dict[str, Any]]:
    """How much is open, how often people took part, how many answers kept their day."""
    open_words = ngettext(
        "consultation is open to everyone today", "consultations are open to everyone today", numbers.open
    )
    part_words = ngettext("time somebody took part", "times somebody took part", numbers.taken_part)
    found = [
        {"value": _number(numbers.open), "text": open_words},
        {"value": _number(numbers.taken_part), "text": part_words},
    ]
    if numbers.due:
        late = ngettext("See the %(n)d that is late", "See the %(n)d that are late", numbers.late_now)
        found.append(
            {
                "value": _("%(kept)s of %(due)s")
                % {"kept": _number(numbers.kept), "due": _number(numbers.due)},
                "text": _("answers came on or before the promised day."),
                "url": reverse("consultations:closed") if numbers.late_now else "",
                "link": late % {"n": numbers.late_now},
            }
        )
    return found


def _card(item: Listed) -> dict[str, Any]:
    row = item.consultation
    meta = [{"icon": "clock", "text": _("Closes %(day)s") % {"day": words.short_day(row.closes_at)}}]
    if row.participant_count:
        took_part = ngettext("%(n)s took part", "%(n)s took part", row.participant_count)
        meta.append({"icon": "people", "text": took_part % {"n": _number(row.participant_count)}})
    return {
        "title": item.title,
        "url": item.url,
        "lang": item.language,
        "kicker": item.agency,
        "text": item.summary,
        "meta": meta,
        "promise": _("Answer promised by %(day)s") % {"day": words.short_day(row.answer_due_on)},
    }


def _in_short(item: ListedOutcome, language: str) -> dict[str, Any] | None:
    """The newest outcome as asked, said, did; None when its words are in another language than the page."""
    if item.language != language or item.outcome.released_at is None:
        return None
    due = item.outcome.consultation.answer_due_on
    return {
        "title": item.title,
        "url": item.url,
        "tag": words.timing(due, item.outcome.released_at),
        "tag_kind": "done" if _kept(due, item.outcome.released_at) else "urgent",
        **short(item.page),
    }


def short(page: OutcomePage) -> dict[str, str]:
    """An outcome in a breath: what was asked, said and decided."""
    decided = strip_tags(page.decision.replace("</p>", " ").replace("</li>", " "))
    return {"asked": in_short(page.asked), "said": in_short(page.said), "did": in_short(decided)}


def _kept(due: Any, released: datetime) -> bool:
    return clock.day(released) <= due


def in_short(text: str) -> str:
    """As many whole sentences as fit; of a first sentence that is longer, its first words."""
    sentences = END.split(" ".join(unescape(text).split()))
    kept: list[str] = []
    count = 0
    for sentence in sentences:
        count += len(sentence.split())
        if kept and count > WORDS:
            break
        kept.append(sentence)
    return Truncator(" ".join(kept)).words(WORDS + WORDS // 2)


def _how_it_works() -> list[dict[str, Any]]:
    told = [
        (
            "done",
            _("We put the question"),
            _("In plain words, with the facts and the choices that are really open."),
        ),
        ("people", _("You answer"), _("Online, by phone, by post or at a ward office. All count the same.")),
        (
            "done",
            _("We publish what you said"),
            _("What may be shown under a name of its own, never yours, and a summary that anyone can check."),
        ),
        ("done", _("We answer"), _("What will change, what will not, and the reasons, by the promised day.")),
    ]
    return [
        {"state": state, "title": title, "lines": [line], "number": number}
        for number, (state, title, line) in enumerate(told, start=1)
    ]


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)

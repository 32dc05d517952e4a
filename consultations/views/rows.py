"""Consultations and outcomes as lines of a list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from consultations.queries import Listed, ListedOutcome
from consultations.views import words
from foundation import clock


def consultation_rows(found: Iterable[Listed], now: datetime, *, agency: bool = True) -> list[dict[str, Any]]:
    """What `components/row.html` shows of each consultation; without the agency's name on its own page."""
    rows = []
    for item in found:
        row = item.consultation
        tag, kind = words.tag_of(row, now)
        meta = []
        if row.participant_count:
            many = number_format(row.participant_count, use_l10n=True, force_grouping=True)
            meta = [{"icon": "people", "text": many, "after": _("took part")}]
        rows.append(
            {
                "title": item.title,
                "url": item.url,
                "lang": item.language,
                "text": _with_agency(item.agency if agency else "", item.summary, item.language),
                "tag": tag,
                "tag_kind": kind,
                "meta": meta,
                **words.leaf_of(row, now),
            }
        )
    return rows


def outcome_rows(found: Iterable[ListedOutcome]) -> list[dict[str, Any]]:
    """What `components/row.html` shows of each outcome."""
    rows = []
    for item in found:
        released = item.outcome.released_at
        if released is None:
            continue
        row = item.outcome.consultation
        voices = row.response_count
        heard = ngettext("%(n)s voice", "%(n)s voices", voices) % {
            "n": number_format(voices, use_l10n=True, force_grouping=True)
        }
        rows.append(
            {
                "title": item.title,
                "url": item.url,
                "lang": item.language,
                "text": _with_agency(item.agency, item.said, item.language),
                "date": localtime(released),
                "date_label": _("Answered"),
                "tag": words.timing(row.answer_due_on, released),
                "tag_kind": "done" if clock.day(released) <= row.answer_due_on else "urgent",
                "meta": [{"icon": "say", "text": heard}] if voices else [],
            }
        )
    return rows


def _with_agency(agency: str, text: str, language: str) -> str:
    """The agency's name before the words, where both are in the page's language."""
    if not text:
        return agency
    if not agency or language != get_language():
        return text
    return _("%(agency)s. %(text)s") % {"agency": agency, "text": text}

"""Consultations under their states, one section for each: for the page of an agency or of a topic."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations import queries
from consultations.queries.lists import Narrow
from consultations.views.index import address
from consultations.views.rows import consultation_rows

MOST = 12


def sections(
    narrow: Narrow, now: datetime, language: str, request: HttpRequest | None, *, agency: bool = True
) -> list[dict[str, Any]]:
    """What `consultations/_sections.html` shows, states without any left out; the same number of queries for all."""
    found = {
        "open": (_("Open for answers"), queries.open_consultations(now)),
        "upcoming": (_("Opening later"), queries.upcoming_consultations(now)),
        "closed": (_("Being weighed"), queries.closed_consultations(now)),
        "answered": (_("Answered"), queries.answered_consultations()),
    }
    rows = {name: list(narrow.of(query)[: MOST + 1]) for name, (_title, query) in found.items()}
    worded = {
        item.consultation.pk: item
        for item in queries.listed([row for some in rows.values() for row in some], language, request)
    }
    return [
        {
            "id": name,
            "title": found[name][0],
            "rows": consultation_rows([worded[row.pk] for row in some[:MOST]], now, agency=agency),
            "more": address(name, narrow) if len(some) > MOST else "",
        }
        for name, some in rows.items()
        if some
    ]

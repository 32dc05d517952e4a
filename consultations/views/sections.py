"""Consultations under their states, one section for each: for the page of an agency or of a topic."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations import queries
from consultations.models import Consultation
from consultations.queries.lists import Narrow
from consultations.views.index import address
from consultations.views.rows import consultation_rows
from foundation.prepared import prepared

MOST = 12


def sections(
    narrow: Narrow, now: datetime, language: str, request: HttpRequest | None, *, agency: bool = True
) -> list[dict[str, Any]]:
    """What `consultations/_sections.html` shows, states without any left out; the same number of queries for all."""
    titles = {
        "open": _("Open for answers"),
        "upcoming": _("Opening later"),
        "closed": _("Being weighed"),
        "answered": _("Answered"),
    }
    chosen = (narrow.agency, narrow.topic, narrow.language)
    rows = {
        "open": _open(now, *chosen),
        "upcoming": _upcoming(now, *chosen),
        "closed": _closed(now, *chosen),
        "answered": _answered(*chosen),
    }
    worded = {
        item.consultation.pk: item
        for item in queries.listed([row for some in rows.values() for row in some], language, request)
    }
    return [
        {
            "id": name,
            "title": titles[name],
            "rows": consultation_rows([worded[row.pk] for row in some[:MOST]], now, agency=agency),
            "more": address(name, narrow) if len(some) > MOST else "",
        }
        for name, some in rows.items()
        if some
    ]


@prepared
def _open(now: datetime, agency: str, topic: str, language: str) -> "QuerySet[Consultation]":
    return Narrow(agency, topic, language).of(queries.open_consultations(now))[: MOST + 1]


@prepared
def _upcoming(now: datetime, agency: str, topic: str, language: str) -> "QuerySet[Consultation]":
    return Narrow(agency, topic, language).of(queries.upcoming_consultations(now))[: MOST + 1]


@prepared
def _closed(now: datetime, agency: str, topic: str, language: str) -> "QuerySet[Consultation]":
    return Narrow(agency, topic, language).of(queries.closed_consultations(now))[: MOST + 1]


@prepared
def _answered(agency: str, topic: str, language: str) -> "QuerySet[Consultation]":
    return Narrow(agency, topic, language).of(queries.answered_consultations())[: MOST + 1]

"""An agency's own page: what it asks, what it weighs, what it answered, and how well it keeps its days."""

from typing import Any

from django.http import HttpRequest

from consultations import queries
from consultations.models import AgencyPage
from consultations.views.rows import consultation_rows
from consultations.views.translations import translations_of
from foundation import clock

MOST = 12


def context(page: AgencyPage, request: HttpRequest) -> dict[str, Any]:
    """The values of `consultations/agency.html`."""
    now = clock.now()
    language = page.locale.language_code
    found = {
        "open": queries.open_consultations(now),
        "upcoming": queries.upcoming_consultations(now),
        "closed": queries.closed_consultations(now),
        "answered": queries.answered_consultations(),
    }
    rows = {name: list(query.filter(agency=page.agency_id)[:MOST]) for name, query in found.items()}
    everything = [row for some in rows.values() for row in some]
    worded = {item.consultation.pk: item for item in queries.listed(everything, language, request)}
    return {
        "agency": page.agency,
        "counts": queries.counts(now, page.agency),
        "sections": {
            name: consultation_rows([worded[row.pk] for row in some], now, agency=False)
            for name, some in rows.items()
        },
        "translations": translations_of(page, request, "consultations:index"),
    }

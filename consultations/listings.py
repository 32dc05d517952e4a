"""What the hall offers to editors' pages: consultations by the moment in their life, and outcomes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultations import queries
from consultations.models import Consultation
from consultations.views.rows import consultation_rows, outcome_rows
from foundation import clock
from foundation.listings import Listing, listings

SOON = timedelta(days=14)
Found = Callable[[datetime], "QuerySet[Consultation]"]


def closing_soon(now: datetime) -> "QuerySet[Consultation]":
    """Those that close within two weeks, the next first."""
    return queries.open_consultations(now).filter(closes_at__lte=now + SOON)


def _offer(key: str, label: Promise, found: Found, more: str) -> None:
    def rows(request: HttpRequest | None, most: int) -> list[dict[str, Any]]:
        now = clock.now()
        return consultation_rows(queries.listed(found(now)[:most], get_language() or "en", request), now)

    listings.register(Listing(key, label, rows, more))


def latest_outcomes(request: HttpRequest | None, most: int) -> list[dict[str, Any]]:
    """The newest outcomes."""
    found = queries.released_outcomes()[:most]
    return outcome_rows(queries.listed_outcomes(found, get_language() or "en", request))


_offer(
    "consultations.open", _("Consultations that are open"), queries.open_consultations, "consultations:index"
)
_offer("consultations.closing", _("Consultations that close soon"), closing_soon, "consultations:index")
_offer(
    "consultations.upcoming",
    _("Consultations that open later"),
    queries.upcoming_consultations,
    "consultations:upcoming",
)
_offer(
    "consultations.answered",
    _("Consultations that were answered"),
    lambda now: queries.answered_consultations(),
    "consultations:answered",
)
listings.register(
    Listing("outcomes.latest", _("The latest outcomes"), latest_outcomes, "consultations:outcomes")
)

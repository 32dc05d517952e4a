"""What the hall's pages show: each type of page has its view beside this file."""

from typing import Any

from django.http import HttpRequest

from consultations import seams
from consultations.models import AgencyPage, ConsultationPage, OutcomePage
from consultations.views import agency as agency_view
from consultations.views import detail, outcome


@seams.shows("AgencyPage")
def agency(page: AgencyPage, request: HttpRequest) -> dict[str, Any]:
    """An agency with its consultations by state."""
    return agency_view.context(page, request)


@seams.shows("ConsultationPage")
def consultation(page: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """A consultation with its phases and questions."""
    return detail.context(page, request)


@seams.shows("OutcomePage")
def outcome_page(page: OutcomePage, request: HttpRequest) -> dict[str, Any]:
    """An outcome with its numbers, themes and promises."""
    return outcome.context(page, request)

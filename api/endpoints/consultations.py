"""Consultations: the list, and one with its questions and outcomes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from api import asking, queries, schema, shown
from consultations import queries as hall
from foundation import clock

router = Router(tags=["Consultations"])
TROUBLE = {400: schema.Trouble, 404: schema.Trouble}


@router.get("", response={200: schema.Consultations, **TROUBLE}, url_name="consultations")
def consultations(request: HttpRequest, which: Query[schema.WhichConsultations]) -> dict[str, Any]:
    """Consultations, those that opened last first."""
    asking.only(request, schema.WhichConsultations)
    language, now = asking.spoken(which.language), clock.now()
    found = queries.consultations(which, now)
    listed = hall.listed(found[: which.limit], language)
    return shown.page(request, found, which.limit, (shown.consultation(item, now) for item in listed))


@router.get("/{uuid:key}", response={200: schema.ConsultationDetail, **TROUBLE}, url_name="consultation")
def consultation(request: HttpRequest, key: UUID, which: Query[schema.InLanguage]) -> dict[str, Any]:
    """One consultation with the wording of its questions, and what was answered."""
    asking.only(request, schema.InLanguage)
    return shown.detail(queries.consultation(key), asking.spoken(which.language), clock.now())

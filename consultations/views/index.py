"""Lists: what one can answer, what is announced, what is weighed, what was answered, and the outcomes."""

from collections.abc import Callable
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.models import Consultation
from consultations.views.rows import consultation_rows, outcome_rows
from foundation import clock

A_PAGE = 20

VIEWS: dict[str, tuple[object, Callable[[datetime], "QuerySet[Consultation]"]]] = {
    "open": (_("Open"), queries.open_consultations),
    "upcoming": (_("Opening later"), queries.upcoming_consultations),
    "closed": (_("Being weighed"), queries.closed_consultations),
    "answered": (_("Answered"), lambda now: queries.answered_consultations()),
}


@require_safe
def index(request: HttpRequest, view: str = "open") -> HttpResponse:
    """Consultations in one state, each state a page of its own with its count."""
    now = clock.now()
    language = get_language() or "en"
    counts = queries.counts(now)
    page = Paginator(VIEWS[view][1](now), A_PAGE).get_page(request.GET.get("page"))
    found = queries.listed(page.object_list, language, request)
    views = [
        {
            "url": reverse("consultations:index" if name == "open" else f"consultations:{name}"),
            "label": label,
            "count": counts[name],
            "current": name == view,
        }
        for name, (label, _rows) in VIEWS.items()
    ]
    context = {
        "view": view,
        "views": views,
        "rows": consultation_rows(found, now),
        "page_obj": page,
        "overdue": counts["overdue"],
    }
    return render(request, "consultations/index.html", context)


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """What became of what people said, newest first."""
    page = Paginator(queries.released_outcomes(), A_PAGE).get_page(request.GET.get("page"))
    found = queries.listed_outcomes(page.object_list, get_language() or "en", request)
    counts = queries.counts(clock.now())
    context = {"rows": outcome_rows(found), "page_obj": page, "overdue": counts["overdue"]}
    return render(request, "consultations/outcomes.html", context)

"""Lists: what one can answer, what is announced, weighed, late, answered, each narrowed as one likes; the outcomes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.filters import ListForm
from consultations.models import Consultation
from consultations.queries.lists import Kinds, Narrow
from consultations.views.rows import consultation_rows, outcome_rows
from design.words import number
from foundation import clock

A_PAGE = 20
Rows = Callable[[datetime], "QuerySet[Consultation]"]

VIEWS: dict[str, tuple[Promise, Promise, Rows]] = {
    "open": (
        gettext_lazy("Open"),
        gettext_lazy("Consultations that are open"),
        queries.open_consultations,
    ),
    "upcoming": (
        gettext_lazy("Opening later"),
        gettext_lazy("Consultations that open later"),
        queries.upcoming_consultations,
    ),
    "closed": (
        gettext_lazy("Being weighed"),
        gettext_lazy("Closed consultations whose answers are weighed"),
        queries.closed_consultations,
    ),
    "overdue": (
        gettext_lazy("Late answers"),
        gettext_lazy("Closed consultations whose answer is late"),
        queries.overdue_consultations,
    ),
    "answered": (
        gettext_lazy("Answered"),
        gettext_lazy("Answered consultations"),
        lambda now: queries.answered_consultations(),
    ),
}
"""Each view: its tab, its title, its rows."""


@require_safe
def index(request: HttpRequest, view: str = "open") -> HttpResponse:
    """Consultations in one state, each state a page of its own with its count; all of them narrowed alike."""
    now = clock.now()
    language = get_language() or "en"
    narrow, kinds = queries.kinds(request.GET.dict(), language)
    rows = VIEWS[view][2](now)
    kinds = queries.counted(kinds, narrow, rows)
    counts = queries.counts(now, narrow=narrow)
    page = Paginator(narrow.of(rows), A_PAGE).get_page(request.GET.get("page"))
    found = queries.listed(page.object_list, language, request)
    context = {
        "view": view,
        "title": title_of(view, narrow, kinds, page),
        "heading": title_of(view, narrow, kinds),
        "form": ListForm(narrow, kinds),
        "chips": _chips(view, narrow, kinds),
        "views": [
            {
                "url": address(name, narrow),
                "label": label,
                "count": counts[name],
                "current": name == view,
            }
            for name, (label, _title, _rows) in VIEWS.items()
            if name != "overdue" or counts[name] or view == name
        ],
        "rows": consultation_rows(found, now),
        "page_obj": page,
        "overdue": counts["overdue"],
        "late_url": address("overdue", narrow),
        "empty": _empty(view, narrow, counts),
        "follow": follow(narrow),
    }
    return render(request, "consultations/index.html", context)


def follow(narrow: Narrow) -> dict[str, str]:
    """Feed and calendar nearest to this list: of its agency, else about its topic, else of everything."""
    if narrow.agency:
        kind, place = "agency_", [narrow.agency]
    elif narrow.topic:
        kind, place = "topic_", [narrow.topic]
    else:
        kind, place = "", []
    return {name: reverse(f"consultations:{kind}{name}", args=place) for name in ("feed", "calendar")}


def address(view: str, narrow: Narrow) -> str:
    """A view of the list, narrowed."""
    path = reverse("consultations:index" if view == "open" else f"consultations:{view}")
    chosen = narrow.chosen()
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _labels(narrow: Narrow, kinds: Kinds) -> dict[str, str]:
    """What is chosen, in words."""
    return {
        name: kind.label
        for name, value in narrow.chosen().items()
        for kind in kinds[name]
        if kind.value == value
    }


def title_of(view: str, narrow: Narrow, kinds: Kinds, page: "Page[Consultation] | None" = None) -> str:
    """What this list is, with everything that narrows it, and its page when there are several."""
    title = str(VIEWS[view][1])
    labels = _labels(narrow, kinds)
    if labels:
        title = _("%(list)s: %(narrowed)s") % {"list": title, "narrowed": ", ".join(labels.values())}
    if page is not None and page.number > 1:
        title = _("%(list)s, page %(page)s") % {"list": title, "page": number(page.number)}
    return title


def _chips(view: str, narrow: Narrow, kinds: Kinds) -> list[dict[str, str]]:
    """What narrows the list, each with the way to take it off."""
    return [
        {"label": label, "url": address(view, _without(narrow, name))}
        for name, label in _labels(narrow, kinds).items()
    ]


def _without(narrow: Narrow, name: str) -> Narrow:
    return Narrow(**{key: value for key, value in narrow.chosen().items() if key != name})


def _empty(view: str, narrow: Narrow, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Ways on from a list with nothing in it: what fits in another state, and the list that is not narrowed."""
    other = [
        {
            "url": address(name, narrow),
            "label": _("%(list)s (%(count)s)") % {"list": label, "count": number(counts[name])},
        }
        for name, (label, _title, _rows) in VIEWS.items()
        if counts[name] and name not in (view, "overdue")
    ]
    whole = {"url": address(view, Narrow()), "label": _("Take all filters off")}
    return [*([whole] if narrow.chosen() else []), *other[:2]]


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """What became of what people said, newest first."""
    page = Paginator(queries.released_outcomes(), A_PAGE).get_page(request.GET.get("page"))
    found = queries.listed_outcomes(page.object_list, get_language() or "en", request)
    counts = queries.counts(clock.now())
    context = {"rows": outcome_rows(found), "page_obj": page, "overdue": counts["overdue"]}
    return render(request, "consultations/outcomes.html", context)

"""You said, we did: every outcome in three short parts, and how well answers keep their day."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms import queries
from cms.views.home import short, stats
from consultations import queries as hall
from consultations.queries import ListedOutcome
from consultations.views import words
from foundation import clock

A_PAGE = 10


@require_safe
def you_said(request: HttpRequest) -> HttpResponse:
    """What was asked, said and done, newest first."""
    now, language = clock.now(), get_language() or "en"
    page = Paginator(hall.released_outcomes(), A_PAGE).get_page(request.GET.get("page"))
    found = hall.listed_outcomes(page.object_list, language, request)
    numbers = queries.numbers(now)
    context = {
        "stats": stats(numbers)[1:],
        "as_of": words.minute(numbers.as_of),
        "outcomes": [shown(item) for item in found],
        "page": page.object_list,
        "page_obj": page,
    }
    return render(request, "cms/you_said.html", context)


def shown(item: ListedOutcome) -> dict[str, Any]:
    """An outcome as asked, said, did, in the language that its page is in."""
    released, due = item.outcome.released_at, item.outcome.consultation.answer_due_on
    assert released is not None
    return {
        "title": item.title,
        "url": item.url,
        "lang": item.language,
        "agency": item.agency,
        "released": localtime(released),
        "tag": words.timing(due, released),
        "tag_kind": "done" if clock.day(released) <= due else "urgent",
        **short(item.page),
    }

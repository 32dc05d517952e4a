"""Answers in people's own words that everybody may read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.models import Consultation, Contribution
from consultations.views.voices import attribution
from foundation import clock

A_PAGE = 20


@require_safe
def answers(request: HttpRequest, key: UUID) -> HttpResponse:
    """All published answers of a consultation, newest first; `?at=<key>` leads to the page that one stands on."""
    consultation = get_object_or_404(
        Consultation.objects.standing().select_related("agency"), translation_key=key
    )
    language = get_language() or consultation.language
    shown = queries.visible_answers(consultation, clock.now())
    if "at" in request.GET:
        return redirect(f"{request.path}{_place(shown, request.GET['at'])}")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    prompts = {
        question.pk: spec.prompt for question, spec in queries.specs_for(consultation, language, retired=True)
    }
    context = {
        "consultation": consultation,
        "listed": queries.listed([consultation], language, request)[0],
        "items": [talk_item(found, prompts) for found in page.object_list],
        "page_obj": page,
    }
    return render(request, "consultations/answers.html", context)


def _place(shown: "QuerySet[Contribution]", key: str) -> str:
    try:
        row = shown.filter(key=UUID(key)).first()
    except ValueError:
        row = None
    if row is None:
        return ""
    newer = Q(published_at__gt=row.published_at) | Q(published_at=row.published_at, pk__gt=row.pk)
    return f"?page={shown.filter(newer).count() // A_PAGE + 1}#c-{row.key}"


def talk_item(contribution: Contribution, prompts: dict[int, str]) -> dict[str, Any]:
    """One answer as `components/talk.html` shows it."""
    when: datetime | None = contribution.published_at
    return {
        "who": attribution(contribution),
        "when": localtime(when) if when else "",
        "text": contribution.text,
        "lang": contribution.language,
        "anchor": f"c-{contribution.key}",
        "source": prompts.get(contribution.question_id or 0, ""),
        "thing": contribution,
    }

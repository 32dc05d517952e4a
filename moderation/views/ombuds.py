"""The ombuds moderator's desk: appeals, and what chance or readers' flags put before them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Agency, Person
from consultations.queries import spec_for
from foundation import clock
from foundation.errors import PortalError
from moderation import queries, reasons, services
from moderation.forms import ReviewsForm
from moderation.models import Review
from moderation.permissions import can_review, is_ombuds
from moderation.views.desk import short
from moderation.views.marks import seen

PAGE = 50


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """What waits, the first promised first."""
    if not is_ombuds(request.user):
        raise PermissionDenied
    now = clock.now()
    form = ReviewsForm(request.GET, agencies=Agency.objects.order_by("name"))
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.reviews(**wanted), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    lines = [
        {
            "review": row,
            "text": short(row.contribution),
            "language": row.contribution.language,
            "late": row.decided_at is None and row.due_at < now,
            "reason": reasons.words_of(row.about_reason) if row.about_reason else "",
        }
        for row in page
    ]
    context = {"form": form, "page": page, "kept": kept.urlencode(), "lines": lines}
    return render(request, "moderation/desk/appeals.html", context)


@require_safe
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: the words, the decision, what the author says, and the two verdicts."""
    row = _fetch(request, pk)
    return render(request, "moderation/desk/appeal.html", _context(request, row))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision stands or is reversed; what was typed comes back when it cannot be taken."""
    row = _fetch(request, pk)
    if not isinstance(request.user, Person):
        raise PermissionDenied
    sent = {name: request.POST.get(name, "") for name in ("verdict", "reason", "answer")}
    try:
        services.review(row, by=request.user, now=clock.now(), **sent)
    except PortalError as error:
        context = {**_context(request, _fetch(request, pk)), "problem": str(error), "sent": sent}
        return render(request, "moderation/desk/appeal.html", context, status=error.status)
    messages.success(request, _("Decided. Whoever appealed is told."))
    return redirect("moderation_appeals")


def _fetch(request: HttpRequest, pk: int) -> Review:
    if not is_ombuds(request.user):
        raise PermissionDenied
    row = queries.review_of(pk)
    if row is None:
        raise Http404
    return row


def _context(request: HttpRequest, row: Review) -> dict[str, Any]:
    contribution = row.contribution
    return {
        "review": row,
        "contribution": contribution,
        "text": seen(contribution.text),
        "above": seen(contribution.parent.text) if contribution.parent else "",
        "spec": spec_for(contribution.question, get_language() or "") if contribution.question else None,
        "why": reasons.words_of(row.about_reason) if row.about_reason else "",
        "words": seen(row.words),
        "moved_on": row.decided_at is None and contribution.state != row.about,
        "late": row.decided_at is None and row.due_at < clock.now(),
        "may": row.decided_at is None and can_review(request.user, row),
        "ended": reasons.words_of(row.reason) if row.reason else "",
        "verdicts": [
            (verdict, label, list(reasons.for_review(verdict, row.about).items()))
            for verdict, label in Review.Verdict.choices
        ],
        "problem": "",
        "sent": {},
    }

"""Appeal against a decision: from the voice's own page, once, in one's own words, to somebody outside the agency."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import queries as hall
from consultations.models import Contribution, Response
from consultations.services import code_of
from consultations.views.reader import is_author, reader
from consultations.views.voice import discreet, fetch
from foundation import clock
from foundation.errors import PortalError
from moderation import conf, queries, reasons, services
from moderation.forms import AppealForm
from moderation.models import Review


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The decision, its reason, and a form for the author's words; they come back when they cannot be taken."""
    response = fetch(code)
    contribution = get_object_or_404(response.contributions.select_related("question"), key=key)
    if not is_author(reader(request), response):
        return discreet(redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': request.path})}"))
    now = clock.now()
    voice = reverse("consultations:voice", args=[code])
    may = queries.can_be_appealed(contribution, now) and queries.appeal_against(contribution) is None
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            words, language = form.cleaned_data["words"], get_language() or response.language
            services.appeal(contribution, words=words, language=language, now=now)
        except PortalError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Your appeal is with the ombuds moderator."))
            return discreet(redirect(f"{voice}#appeals"))
    elif not may:
        return discreet(redirect(f"{voice}#appeals"))
    context = {
        "form": form,
        "voice": voice,
        "contribution": contribution,
        "reason": reasons.words_of(contribution.reason),
        "listed": hall.listed([response.consultation], get_language() or response.language, request)[0],
        "days": conf.appeal_days(),
    }
    return discreet(render(request, "moderation/appeal.html", context, status=status))


def way(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """For the place beside words that are not shown: the way to appeal, or from when on there is one."""
    now = clock.now()
    code = code_of(contribution.response)
    written = queries.appeal_against(contribution) is not None
    may = bool(code) and not written and queries.can_be_appealed(contribution, now)
    held = contribution.state == Contribution.State.HELD
    case = getattr(contribution, "case", None) if held else None
    return {
        "url": reverse("moderation:appeal", args=[code, contribution.key]) if may else "",
        "written": written,
        "from": case.due_at if case is not None and not may and not written else None,
    }


def written(request: HttpRequest, response: Response) -> dict[str, Any] | None:
    """For the place below: each appeal of this voice and how it ended. Words are for their author alone."""
    found = list(queries.appeals_of(response.pk))
    if not found:
        return None
    author = is_author(reader(request), response)
    return {"appeals": [_shown(row, author) for row in found]}


def _shown(row: Review, author: bool) -> dict[str, Any]:
    moved_on = row.decided_at is None and row.contribution.state != row.about
    return {
        "about": reasons.words_of(row.about_reason),
        "opened": row.opened_at,
        "on_paper": row.on_paper,
        "due": None if moved_on or row.decided_at else row.due_at,
        "moved_on": moved_on,
        "state": row.contribution.get_state_display(),
        "decided": row.decided_at,
        "verdict": row.get_verdict_display(),
        "reversed": row.verdict == Review.Verdict.REVERSED,
        "reason": reasons.words_of(row.reason) if row.reason else "",
        "words": row.words if author else "",
        "words_lang": row.language,
        "answer": row.answer if author else "",
    }

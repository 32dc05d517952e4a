"""The rules by which words are shown or not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from consultations.queries import listed, open_consultations
from foundation import clock
from moderation import conf, reasons, services

MOST = 50


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Everybody reads the same page: the closed list, the promise of each agency, the way to somebody outside it."""
    context = {
        "crumbs": [{"label": _("What is shown, and what is not"), "url": ""}],
        "reasons": reasons.offered(),
        "open": _open(request),
        "days": conf.appeal_days(),
        "percent": conf.reviewed_unasked_percent(),
        "many": services.threshold(0),
    }
    return render(request, "moderation/policy.html", context)


def _open(request: HttpRequest) -> list[dict[str, Any]]:
    """What is open now, with the way it is moderated and the agency's promise."""
    rows = open_consultations(clock.now())[:MOST]
    return [
        {
            "title": found.title,
            "url": found.url,
            "lang": found.language,
            "agency": found.agency,
            "before": found.consultation.moderation == Consultation.Moderation.BEFORE,
            "hours": found.consultation.agency.moderation_hours,
        }
        for found in listed(rows, get_language() or "", request)
    ]

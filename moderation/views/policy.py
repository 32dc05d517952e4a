"""The rules by which words are shown or not, and how often each reason was used."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from consultations.queries import listed, open_consultations
from design.words import number
from foundation import clock
from moderation import queries, reasons

MOST = 50


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Everybody reads the same page: the closed list, the promise of each agency, the figures."""
    now = clock.now()
    found = queries.figures(now)
    context = {
        "crumbs": [{"label": _("What is shown, and what is not"), "url": ""}],
        "reasons": reasons.offered(),
        "heads": _heads(),
        "rows": [_row(line) for line in found],
        "by_reason": [table for table in (_by_reason(line) for line in found) if table["rows"]],
        "open": _open(request),
        "now": now,
    }
    return render(request, "moderation/policy.html", context)


def _heads() -> list[dict[str, Any]]:
    labels = (_("Shown"), _("Not shown"), _("Handed to a colleague"), _("Waits now"), _("Late now"))
    return [{"label": _("Agency")}, *({"label": label, "number": True} for label in labels)]


def _row(line: queries.Figures) -> list[Any]:
    counts = (line.published, line.refused, line.held, line.waiting, line.late)
    return [line.agency.name, *(number(count) for count in counts)]


def _by_reason(line: queries.Figures) -> dict[str, Any]:
    return {
        "agency": line.agency.name,
        "caption": _("%(agency)s: not shown, by reason") % {"agency": line.agency.name},
        "heads": [{"label": _("Reason")}, {"label": _("How often"), "number": True}],
        "rows": [
            [reasons.words_of(code), number(count)]
            for code, count in sorted(line.rejected.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


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

"""An agency's own page: what it asks, what it weighs, what it answered, and how well it keeps its days."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Agency
from consultations import queries
from consultations.models import AgencyPage
from consultations.queries.lists import Narrow
from consultations.views.index import address, follow
from consultations.views.sections import sections
from consultations.views.translations import translations_of
from design.words import number
from foundation import clock


def context(page: AgencyPage, request: HttpRequest) -> dict[str, Any]:
    """The values of `consultations/agency.html`."""
    now = clock.now()
    narrow = Narrow(agency=page.agency.slug)
    counts = queries.counts(now, page.agency)
    return {
        "agency": page.agency,
        "counts": counts,
        "facts": _facts(page.agency, counts, now),
        "late_url": address("overdue", narrow),
        "follow": follow(narrow),
        "sections": sections(narrow, now, page.locale.language_code, request, agency=False),
        "translations": translations_of(page, request, "consultations:index"),
    }


def _facts(agency: Agency, counts: dict[str, int], now: datetime) -> list[dict[str, Any]]:
    """What it asks now, how many answers came in time, how soon it answers and how soon it promised to."""
    prompt = queries.promptness(now, agency)
    promised = ngettext("%(n)s day", "%(n)s days", agency.response_days)
    found: list[dict[str, Any]] = [
        {
            "term": _("Open for answers"),
            "value": number(counts["open"]),
            "note": _("%(n)s opening later") % {"n": number(counts["upcoming"])}
            if counts["upcoming"]
            else "",
            "people": True,
        },
        {"term": _("Being weighed"), "value": number(counts["closed"])},
        {
            "term": _("It answers within"),
            "value": promised % {"n": number(agency.response_days)},
            "note": _("after a consultation closes"),
        },
    ]
    if prompt.due:
        took = ngettext("%(n)s day on average", "%(n)s days on average", prompt.days or 0)
        found.append(
            {
                "term": _("Answered by the promised day"),
                "value": _("%(kept)s of %(due)s") % {"kept": number(prompt.kept), "due": number(prompt.due)},
                "note": took % {"n": number(prompt.days)} if prompt.days is not None else "",
            }
        )
    return found

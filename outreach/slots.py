"""What outreach puts into places named by lower templates."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Consultation, Outcome
from foundation import clock, slots
from foundation.prepared import prepared
from outreach import conf, queries
from outreach.models import Heard

SHOWN = 20


def heard_about(
    request: HttpRequest | None, consultation: Consultation, *_more: Any
) -> dict[str, Any] | None:
    """Published replies from other networks, linked to the original, without name or handle."""
    return _shown(consultation)


def heard_below(request: HttpRequest | None, outcome: Outcome, *_more: Any) -> dict[str, Any] | None:
    """The same below the answer."""
    return _shown(outcome.consultation)


def _shown(consultation: Consultation) -> dict[str, Any] | None:
    found = _heard(consultation.pk, clock.now())
    return {"heard": found, "consultation": consultation} if found else None


@prepared
def _heard(consultation: int, now: datetime) -> "QuerySet[Heard]":
    return queries.heard_about(consultation, now=now)[:SHOWN]


def links(request: HttpRequest | None) -> dict[str, Any]:
    """At the foot of every page: what was posted, and the feed."""
    return {
        "links": [
            {"url": reverse("posts:index"), "label": _("What we posted, and where")},
            {"url": reverse("outreach:feed"), "label": _("Atom feed")},
        ],
    }


def stopped(request: HttpRequest | None) -> dict[str, Any] | None:
    """At the top of the admin while something is stopped, for everybody there."""
    stops, file = list(queries.standing_stops()), conf.kill_switch_file().exists()
    return {"stops": stops, "file": file} if stops or file else None


slots.put("admin.top", template="outreach/admin/_stopped.html", order=10, context=stopped)
slots.put("foot.take_part", template="outreach/_foot.html", order=70, context=links, same=True)
slots.put("consultation.parts", template="outreach/_heard.html", order=50, context=heard_about)
slots.put("outcome.parts", template="outreach/_heard.html", order=50, context=heard_below)

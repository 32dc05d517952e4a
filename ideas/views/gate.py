"""Fetching what a page is about, and who may not take part, in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Person
from consultations.models import Consultation, Contribution
from consultations.permissions import may_take_part
from foundation.errors import NotFound
from foundation.prepared import prepared

Kind = Contribution.Kind
State = Contribution.State


def fetch(key: UUID, now: datetime) -> Contribution:
    """An idea or a comment that everybody can read, or could once. Raises NotFound for all others."""
    found = next(iter(_talked(key)), None)
    if found is None or found.published_at is None or not found.may_publish:
        raise NotFound(_("There is no idea at this address. It may still wait for a moderator."))
    if found.state == State.PUBLISHED and not _is_visible(found.pk, now):
        raise NotFound(_("This is shown when the consultation has closed."))
    if found.state == State.HELD:
        raise NotFound(_("A moderator looks at this again. It is back, or you read why not, within days."))
    return found


def is_gone(contribution: Contribution) -> bool:
    """Were these words shown once, and are no more? Its own page says why; no other page repeats them."""
    return contribution.state != State.PUBLISHED


@prepared
def _talked(key: UUID) -> "QuerySet[Contribution]":
    talked = Contribution.objects.filter(key=key, kind__in=[Kind.IDEA, Kind.COMMENT])
    rows = talked.select_related("idea", "participant", "consultation__agency", "question__phase", "parent")
    return rows.order_by("pk")[:1]


@prepared
def _is_visible(contribution: int, now: datetime) -> "QuerySet[Contribution, int]":
    return Contribution.objects.visible(now).filter(pk=contribution).values_list("pk", flat=True)


def reader(request: HttpRequest) -> Person | None:
    """Who reads, if they are signed in."""
    return request.user if isinstance(request.user, Person) else None


def refusal(person: Person, consultation: Consultation) -> str:
    """Why this person cannot take part as a citizen here, in words; empty when nothing stands in the way."""
    if may_take_part(person, consultation):
        return ""
    return _(
        "You work for %(agency)s, which asks here. So that people speak among themselves, its own people cannot "
        "propose, support or comment as citizens in its consultations."
    ) % {"agency": consultation.agency.name}


def closed_words(consultation: Consultation, now: datetime) -> str:
    """That it is not open, with the day."""
    if consultation.is_closed(now):
        return _("This consultation is closed. What was said stands, and nothing more is counted.")
    return _("This part of the consultation is not open now.")


def facts(contribution: Contribution, **more: Any) -> dict[str, Any]:
    """Values that every page about one contribution shows."""
    return {"contribution": contribution, "consultation": contribution.consultation, **more}

"""Reads in steps: each page begins after the last row of the one before, so its cost does not grow."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from api.schema import WhichConsultations, WhichContributions
from consultations.models import Consultation, Contribution
from foundation.errors import BadInput, NotFound


def consultation(key: UUID) -> Consultation:
    """A consultation that stands. Raises NotFound."""
    found = Consultation.objects.standing().select_related("agency").filter(translation_key=key).first()
    if found is None:
        raise NotFound(_("There is no consultation with this key."))
    return found


def consultations(which: WhichConsultations, now: datetime) -> list[Consultation]:
    """One more than a page, the newest first, so that one sees whether there is another. Raises BadInput."""
    states: dict[str | None, QuerySet[Consultation]] = {
        None: Consultation.objects.standing(),
        "open": Consultation.objects.open(now),
        "upcoming": Consultation.objects.upcoming(now),
        "closed": Consultation.objects.closed(now),
        "answered": Consultation.objects.answered(),
    }
    found = states[which.state].select_related("agency").order_by("-opens_at", "-pk")
    if which.agency is not None:
        found = found.filter(agency__slug=which.agency)
    if which.after is not None:
        last = Consultation.objects.filter(translation_key=which.after).first()
        if last is None:
            raise BadInput(_("Nothing comes after this key: it is not one of the list."))
        found = found.filter(Q(opens_at__lt=last.opens_at) | Q(opens_at=last.opens_at, pk__lt=last.pk))
    return list(found[: which.limit + 1])


def contributions(row: Consultation, which: WhichContributions, now: datetime) -> list[Contribution]:
    """One more than a page of what everybody may read now, the last received first. Raises BadInput."""
    found = readable(row, now).prefetch_related("imported_counts").order_by("-pk")
    if which.kind is not None:
        found = found.filter(kind=which.kind)
    if which.language is not None:
        found = found.filter(language=which.language)
    if which.question is not None:
        found = found.filter(question__block_id=which.question)
    if which.after is not None:
        last = (
            Contribution.objects.filter(consultation=row, key=which.after)
            .values_list("pk", flat=True)
            .first()
        )
        if last is None:
            raise BadInput(_("Nothing comes after this key: it is not one of the list."))
        found = found.filter(pk__lt=last)
    return list(found[: which.limit + 1])


def readable(row: Consultation, now: datetime) -> "QuerySet[Contribution]":
    """What everybody may read of a consultation now, with what is shown beside it."""
    shown = Contribution.objects.visible(now).filter(consultation=row)
    return shown.select_related("participant", "response", "question", "parent")

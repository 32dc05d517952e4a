"""What everybody may read, as far as it hangs on a consultation: that it stands, and that its page is open to all."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from consultations.models import Consultation, ConsultationPage
from consultations.models.subjects import ConsultationQuerySet
from foundation.errors import NotFound

Row = TypeVar("Row", bound=Model)


def public_consultations() -> ConsultationQuerySet:
    """Those that stand and whose page no restriction hides."""
    pages = ConsultationPage.objects.live().public().values("translation_key")
    return Consultation.objects.standing().filter(translation_key__in=pages)


def public_consultation(key: UUID) -> Consultation:
    """The one with this key. Raises NotFound."""
    found = public_consultations().filter(translation_key=key).first()
    if found is None:
        raise NotFound(_("There is no consultation with this key."))
    return found


def by_uuid(rows: "QuerySet[Row]", field: str, key: str) -> "QuerySet[Row]":
    """The row whose field holds this key; none for what is no key at all."""
    try:
        return rows.filter(**{field: UUID(key)})
    except ValueError:
        return rows.none()

"""The clock's own acts: telling once that a consultation opened or closed. Whether one may answer needs no job."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from consultations import signals
from consultations.models import Consultation
from foundation import audit
from foundation.announce import announce
from records.services import enter


def open_due(now: datetime) -> int:
    """Tells, once each, of consultations that have opened; gives how many."""
    return _tell(now, "opened_told_at", Consultation.objects.standing().filter(opens_at__lte=now))


def close_due(now: datetime) -> int:
    """Tells, once each, of consultations that have closed; gives how many."""
    return _tell(now, "closed_told_at", Consultation.objects.closed(now))


def _tell(now: datetime, marker: str, due: "QuerySet[Consultation]") -> int:
    opened = marker == "opened_told_at"
    signal = signals.consultation_opened if opened else signals.consultation_closed
    kind = "consultation_opened" if opened else "consultation_closed"
    told = 0
    for pk in due.filter(**{f"{marker}__isnull": True}).values_list("pk", flat=True):
        with transaction.atomic():
            mine = Consultation.objects.filter(pk=pk, **{f"{marker}__isnull": True}).update(**{marker: now})
            if not mine:
                continue
            row = Consultation.objects.select_related("agency").get(pk=pk)
            audit.write(f"consultation.{kind}", by=None, thing=f"consultation:{pk}")
            enter(kind, agency=row.agency.slug, thing=str(row.translation_key))
            announce(signal, consultation=row)
            told += 1
    return told

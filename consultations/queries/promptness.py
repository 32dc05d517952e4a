"""How well answers keep their day: promised, kept, late, and how long they take."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from accounts.models import Agency
from consultations.models import Consultation
from consultations.models.subjects import late
from foundation import clock
from foundation.prepared import figures, prepared


@dataclass(frozen=True)
class Promptness:
    """Answers that were due, those that came by the promised day, those that are late now, mean days after the close."""

    due: int
    kept: int
    late_now: int
    days: int | None


def promptness(now: datetime, agency: Agency) -> Promptness:
    """How an agency keeps its days, in one query; `days` is None before its first answer."""
    found = _figures(now, clock.day(now), agency.pk)[0]
    mean: timedelta | None = found["took"]
    return Promptness(
        due=found["answered"] + found["late"],
        kept=found["kept"],
        late_now=found["late"],
        days=max(0, round(mean.total_seconds() / 86_400)) if mean is not None else None,
    )


@prepared
def _figures(now: datetime, today: date, agency: int) -> "QuerySet[Consultation, dict[str, Any]]":
    answered = Q(answered_at__isnull=False)
    took = ExpressionWrapper(F("answered_at") - F("closes_at"), output_field=DurationField())
    return figures(
        Consultation.objects.standing().filter(agency=agency),
        kept=Count("pk", filter=answered & Q(answered_at__date__lte=F("answer_due_on"))),
        answered=Count("pk", filter=answered),
        late=Count("pk", filter=late(now, today)),
        took=Avg(took, filter=answered),
    )

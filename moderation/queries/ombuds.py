"""The lists of alarms and of what the ombuds moderator looks at."""

from django.db.models import F, Q, QuerySet

from accounts.models import Agency
from moderation.models import Alarm, Review

_SHOWN = ("agency", "contribution__participant", "contribution__consultation", "contribution__response")


def alarms(agencies: "QuerySet[Agency]", *, state: str = "") -> "QuerySet[Alarm]":
    """Alarms of these agencies, the newest first; `state` is `ended`, else those that nobody has answered."""
    found = Alarm.objects.filter(agency__in=agencies).select_related(*_SHOWN)
    found = found.filter(ended_at__isnull=state != "ended")
    return found.order_by("-ended_at" if state == "ended" else "-raised_at", "-pk")


def alarm_of(pk: int) -> Alarm | None:
    """An alarm with all that its page shows."""
    rows = Alarm.objects.select_related(*_SHOWN, "contribution__question", "contribution__case")
    return rows.filter(pk=pk).first()


def reviews(*, q: str = "", state: str = "", source: str = "", agency: str = "") -> "QuerySet[Review]":
    """What waits for the ombuds moderator, the first promised first; `state` is `decided` for what was decided."""
    found = Review.objects.select_related(*_SHOWN)
    decided = state == "decided"
    found = found.filter(decided_at__isnull=False) if decided else found.waiting()
    if source:
        found = found.filter(source=source)
    if agency:
        found = found.filter(agency__slug=agency)
    if q:
        found = found.filter(Q(words__icontains=q) | Q(contribution__text__icontains=q))
    return found.order_by(F("decided_at").desc() if decided else "due_at", "pk")


def review_of(pk: int) -> Review | None:
    """A review with all that its page shows."""
    rows = Review.objects.select_related(
        *_SHOWN, "contribution__question", "contribution__parent__participant"
    )
    return rows.filter(pk=pk).first()

"""The public figures: what waits, what was decided, flagged, appealed, and how it ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import Agency
from moderation import conf
from moderation.models import Alarm, Case, Decision, Flag, Review

A_YEAR = timedelta(days=365)
Counts = dict[str, int]


@dataclass(frozen=True)
class Figures:
    """What an agency's moderators did in the last twelve months, and what waits now.

    `late` is beyond the agency's own promise, `overlong` beyond a day; `median` is the time from coming in to the
    first decision, which half of the voices waited at most.
    """

    agency: Agency
    published: int = 0
    held: int = 0
    rejected: Counts = field(default_factory=dict)
    waiting: int = 0
    late: int = 0
    overlong: int = 0
    median: timedelta | None = None
    flags: Counts = field(default_factory=dict)
    appeals: Counts = field(default_factory=dict)
    """`waiting`, `upheld`, `reversed`."""
    unasked: Counts = field(default_factory=dict)
    """The same for what was drawn by chance or flagged again; without what waits, which nobody is to know."""
    alarms: int = 0

    @property
    def refused(self) -> int:
        """All that was not shown."""
        return sum(self.rejected.values())

    @property
    def decided(self) -> int:
        """All that was decided for good."""
        return self.published + self.refused


def figures(now: datetime) -> list[Figures]:
    """Public counts for each agency that has any; as many queries for one agency as for a hundred."""
    since = now - A_YEAR
    decisions = Decision.objects.filter(at__gt=since, at__lte=now)
    by_verdict = _by(decisions, "case__agency", "verdict", "reason")
    waits = {row.pop("agency"): row for row in _waiting(now)}
    medians = dict(_medians(decisions))
    flags = _by(
        Flag.objects.filter(at__gt=since, at__lte=now), "contribution__consultation__agency", "reason"
    )
    reviewed = _by(
        Review.objects.filter(decided_at__gt=since, decided_at__lte=now), "agency", "source", "verdict"
    )
    appeals = _by(Review.objects.waiting().appeals(), "agency")
    alarms = _by(Alarm.objects.filter(raised_at__gt=since, raised_at__lte=now), "agency")
    seen = {*by_verdict, *waits, *flags, *reviewed, *appeals, *alarms}
    return [
        Figures(
            agency=agency,
            **_decided(by_verdict.get(agency.pk, {})),
            **waits.get(agency.pk, {}),
            median=medians.get(agency.pk),
            flags={reason: n for (reason,), n in sorted(flags.get(agency.pk, {}).items())},
            appeals=_ended(reviewed.get(agency.pk, {}), [Review.Source.APPEAL])
            | {"waiting": appeals.get(agency.pk, {}).get((), 0)},
            unasked=_ended(reviewed.get(agency.pk, {}), [Review.Source.SAMPLE, Review.Source.FLAGS]),
            alarms=alarms.get(agency.pk, {}).get((), 0),
        )
        for agency in Agency.objects.filter(pk__in=seen).order_by("name")
    ]


def _by(rows: "QuerySet[Any]", agency: str, *names: str) -> dict[int, dict[tuple[str, ...], int]]:
    """How many rows there are by agency and these columns."""
    found: dict[int, dict[tuple[str, ...], int]] = defaultdict(dict)
    for key, *values, n in rows.order_by().values_list(agency, *names).annotate(n=Count("pk")):
        found[key][tuple(values)] = n
    return found


def _waiting(now: datetime) -> Iterable[Any]:
    late, overlong = Q(due_at__lt=now), Q(opened_at__lt=now - conf.PROMISE)
    return (
        Case.objects.waiting()
        .order_by()
        .values("agency")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=late), overlong=Count("pk", filter=overlong))
    )


def _medians(decisions: "QuerySet[Decision]") -> Iterable[tuple[int, timedelta]]:
    """The lower median of the time to the first decision, computed in the database; for each agency."""
    final = Q(verdict__in=[Decision.Verdict.PUBLISH, Decision.Verdict.REJECT])
    earlier = Decision.objects.filter(final, case=OuterRef("case"), pk__lt=OuterRef("pk"))
    took = ExpressionWrapper(F("at") - F("case__contribution__received_at"), output_field=DurationField())
    agency = F("case__agency")
    return (
        decisions.filter(final, ~Exists(earlier))
        .annotate(
            took=took,
            place=Window(RowNumber(), partition_by=[agency], order_by=["took", "pk"]),
            many=Window(Count("pk"), partition_by=[agency]),
        )
        .filter(place=(F("many") + 1) / 2)
        .order_by()
        .values_list("case__agency", "took")
    )


def _decided(counts: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    def of(verdict: str) -> int:
        return sum(n for (given, _reason), n in counts.items() if given == verdict)

    refused = Decision.Verdict.REJECT
    return {
        "published": of(Decision.Verdict.PUBLISH),
        "held": of(Decision.Verdict.HOLD),
        "rejected": {reason: n for (verdict, reason), n in sorted(counts.items()) if verdict == refused},
    }


def _ended(counts: Mapping[tuple[str, ...], int], sources: Iterable[str]) -> Counts:
    found = {str(verdict): 0 for verdict in Review.Verdict.values}
    for (source, verdict), n in counts.items():
        if source in sources:
            found[verdict] += n
    return found

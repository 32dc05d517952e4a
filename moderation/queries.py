"""What the room reads: what must be seen, the desk, what was said before, and the public figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length, Substr

from accounts.models import Agency
from consultations.models import Consultation, Contribution
from moderation.models import Case, CaseQuerySet, Decision
from moderation.screens import Earlier
from moderation.screens.repeats import LONGEST, MOST

State = Contribution.State
A_YEAR = timedelta(days=365)


def must_be_seen(contribution: Contribution) -> bool:
    """Does a moderator have to read this? Official and seeded words, imports and what is only counted: no."""
    if contribution.official or contribution.seeded or contribution.response.batch_id is not None:
        return False
    return contribution.state in State.awaiting_decision() or contribution.state == State.PUBLISHED


def find_missing(now: datetime) -> "QuerySet[Contribution]":
    """Words that a moderator must see and for which no case is there: the nudge was lost. The oldest first."""
    afterwards = Q(consultation__moderation=Consultation.Moderation.AFTER, state=State.PUBLISHED)
    waiting = Contribution.objects.filter(
        afterwards | Q(state__in=State.awaiting_decision()), case__isnull=True
    )
    came_in = waiting.filter(official=False, seeded=False, response__batch__isnull=True, received_at__lte=now)
    return came_in.order_by("received_at", "pk")


def said_before(contribution: Contribution) -> tuple[Earlier, ...]:
    """What was said before in the same consultation and is about as long, newest first; bounded."""
    length = len(contribution.text)
    around = Contribution.objects.filter(
        consultation=contribution.consultation_id, pk__lt=contribution.pk
    ).exclude(state=State.WITHDRAWN)
    if length < LONGEST:
        around = around.annotate(length=Length("text")).filter(
            length__gte=length * 6 // 10, length__lte=length * 17 // 10
        )
    found = around.order_by("-pk").values_list(Substr("text", 1, LONGEST), "participant_id")[:MOST]
    return tuple(Earlier(text, writer == contribution.participant_id) for text, writer in found)


def desk(
    agencies: "QuerySet[Agency]",
    now: datetime,
    *,
    agency: str = "",
    held_by: str = "",
    age: str = "",
    state: str = "",
) -> CaseQuerySet:
    """Cases of these agencies, the first promised first, with all that a line shows.

    `held_by` is a screen's key, `any` or `none`; `age` is `late` or `soon` (due within four hours); `state` is
    `decided` for what was decided, else what waits.
    """
    found = Case.objects.filter(agency__in=agencies)
    found = found.filter(state=Case.State.DECIDED) if state == "decided" else found.waiting()
    if agency:
        found = found.filter(agency__slug=agency)
    if held_by == "none":
        found = found.filter(held_by="")
    elif held_by == "any":
        found = found.exclude(held_by="")
    elif held_by:
        found = found.held(held_by)
    if age == "late":
        found = found.late(now)
    elif age == "soon":
        found = found.filter(due_at__lt=now + timedelta(hours=4))
    order = ["-decided_at", "-pk"] if state == "decided" else ["due_at", "pk"]
    return found.select_related(
        "agency", "claimed_by", "contribution__participant", "contribution__consultation"
    ).order_by(*order)


def case_of(pk: int) -> Case | None:
    """A case with all that its page shows."""
    rows = Case.objects.select_related(
        "agency",
        "claimed_by",
        "contribution__participant",
        "contribution__consultation",
        "contribution__question",
        "contribution__response",
        "contribution__parent__participant",
    )
    return rows.filter(pk=pk).first()


def after(case: Case, agencies: "QuerySet[Agency]", now: datetime, person: Any) -> Case | None:
    """The next free case for this person, the first promised first."""
    free = desk(agencies, now).free(now).exclude(pk=case.pk)
    return free.exclude(contribution__participant__person=person).first()


@dataclass(frozen=True)
class Figures:
    """What an agency's moderators decided in the last twelve months, and what waits now."""

    agency: Agency
    published: int
    held: int
    rejected: dict[str, int]
    waiting: int
    late: int

    @property
    def refused(self) -> int:
        """All that was not shown."""
        return sum(self.rejected.values())


def figures(now: datetime) -> list[Figures]:
    """Public counts for each agency that has any, in three queries."""
    decided: dict[int, dict[tuple[str, str], int]] = {}
    counts = Decision.objects.filter(at__gt=now - A_YEAR, at__lte=now).order_by()
    for agency, verdict, reason, n in counts.values_list("case__agency", "verdict", "reason").annotate(
        n=Count("pk")
    ):
        decided.setdefault(agency, {})[(verdict, reason)] = n
    waiting = Case.objects.waiting().order_by().values("agency")
    waits = {
        row["agency"]: (row["n"], row["late"])
        for row in waiting.annotate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    }
    agencies = Agency.objects.filter(pk__in={*decided, *waits}).order_by("name")
    return [_figures(agency, decided.get(agency.pk, {}), waits.get(agency.pk, (0, 0))) for agency in agencies]


def _figures(agency: Agency, decided: dict[tuple[str, str], int], waits: tuple[int, int]) -> Figures:
    def of(verdict: str) -> int:
        return sum(n for (given, _reason), n in decided.items() if given == verdict)

    rejected = {
        reason: n for (verdict, reason), n in sorted(decided.items()) if verdict == Decision.Verdict.REJECT
    }
    return Figures(
        agency=agency,
        published=of(Decision.Verdict.PUBLISH),
        held=of(Decision.Verdict.HOLD),
        rejected=rejected,
        waiting=waits[0],
        late=waits[1],
    )

"""Reads for the analyst's desk."""

from datetime import datetime

from django.db.models import Count, QuerySet

from accounts.models import Person
from accounts.queries import agencies_of
from accounts.roles import Role
from analysis.models import Coding, Run, Theme
from consultations.models import Consultation, Contribution


def has_desk(person: object) -> bool:
    """Does this person analyse for some agency?"""
    return agencies_of(person, Role.ANALYST).exists()


def consultations_for(person: Person, now: datetime) -> QuerySet[Consultation]:
    """Closed consultations of the agencies for which this person analyses, with how many runs each has."""
    mine = agencies_of(person, Role.ANALYST)
    closed = Consultation.objects.closed(now).filter(agency__in=mine)
    return closed.select_related("agency").annotate(run_count=Count("runs")).order_by("answer_due_on", "pk")


def themes_of(run: Run) -> QuerySet[Theme]:
    """The run's themes that stand: neither dropped nor merged into another, the largest first."""
    standing = run.themes.filter(dropped_at__isnull=True, merged_into__isnull=True)
    return standing.annotate(size=Count("codings")).order_by("-size", "position", "pk")


def voices_of(theme: Theme) -> QuerySet[Coding]:
    """The voices read as this theme, the closest first."""
    return theme.codings.select_related("contribution__response").order_by("-weight", "contribution_id")


def unread(run: Run) -> QuerySet[Contribution]:
    """Readable voices of the consultation that stand in no theme of this run."""
    coded = Coding.objects.filter(theme__run=run, theme__dropped_at__isnull=True)
    words = Contribution.objects.readable().filter(consultation=run.consultation).exclude(text="")
    return words.exclude(pk__in=coded.values("contribution_id")).order_by("pk")

"""A case for each thing that a moderator must see, and every decision on it, for good."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models import Contribution
from moderation import conf


def is_free(now: datetime) -> Q:
    """The condition under which a case can be taken; it looks at the row alone, so one UPDATE can ask it."""
    return Q(state=Case.State.OPEN) | Q(state=Case.State.CLAIMED, claimed_until__lte=now)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by what is to be done with them."""

    def waiting(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=Case.State.waiting())

    def flagged(self) -> Self:
        """Brought back by readers' flags."""
        return self.filter(flagged_at__isnull=False)

    def held(self, screen: str) -> Self:
        """Held by this screen."""
        return self.filter(held_by__contains=f" {screen} ")

    def late(self, now: datetime) -> Self:
        """Waiting beyond the hour that the agency promised."""
        return self.waiting().filter(due_at__lt=now)

    def overlong(self, now: datetime) -> Self:
        """Waiting for longer than a day, whatever the agency promised: the public backlog."""
        return self.waiting().filter(opened_at__lt=now - conf.PROMISE)

    def free(self, now: datetime) -> Self:
        """Can be taken: nobody holds it, or whoever did let its time run out."""
        return self.filter(is_free(now))


class Case(models.Model):
    """One contribution on the desk of its agency's moderators."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits")
        CLAIMED = "claimed", _("Being read")
        DECIDED = "decided", _("Decided")
        GONE = "gone", _("Taken back before it was decided")

        @classmethod
        def waiting(cls) -> list[str]:
            return [cls.OPEN, cls.CLAIMED]

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="case")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    held_by = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Keys of the screens that held it, between spaces"),
    )
    opened_at = models.DateTimeField(help_text=_("Since when it waits: the words came in, or it came back"))
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="cases", null=True, blank=True
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0, editable=False)
    flagged_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When readers' flags brought it back to the desk last")
    )
    looks = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text=_("How often flags brought it back")
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "state", "due_at"], name="case_desk")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False),
                name="decided_case_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"

    @property
    def screens(self) -> list[str]:
        """Keys of the screens that held it."""
        return self.held_by.split()

    def is_late(self, now: datetime) -> bool:
        return self.state in Case.State.waiting() and self.due_at < now

    def is_held_by_another(self, person_key: int, now: datetime) -> bool:
        """Does somebody else have it in their hands now?"""
        taken = (
            self.state == Case.State.CLAIMED and self.claimed_until is not None and self.claimed_until > now
        )
        return taken and self.claimed_by_id != person_key


class Decision(models.Model):
    """One verdict. Rows are added and never changed: the database refuses it. `by` is a key, so erasure leaves it whole."""

    class Verdict(models.TextChoices):
        PUBLISH = "publish", _("Show it")
        REJECT = "reject", _("Do not show it")
        HOLD = "hold", _("Hold it for a colleague")

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=40, blank=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="decision_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="publish", reason="") | (~Q(verdict="publish") & ~Q(reason="")),
                name="a_reason_for_whatever_is_not_shown",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.case_id}"

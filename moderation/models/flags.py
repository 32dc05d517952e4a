"""What readers point at, and what may be a danger to somebody's life."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models import Contribution


class Flag(models.Model):
    """One reader's wish that a moderator looks at something again. It hides nothing, and nobody is told whose it is."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="flags")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True
    )
    reason = models.CharField(max_length=40, help_text=_("Code of the closed list of reasons, or `danger`"))
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "person"], name="one_flag_a_person_about_a_thing")
        ]
        indexes = [
            models.Index(fields=["contribution", "at"], name="flag_since"),
            models.Index(fields=["person", "at"], name="flag_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"Flag {self.pk} {self.reason}"


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Alarms by whether a person has answered them."""

    def unanswered(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Alarm(models.Model):
    """Words by which somebody's life may be in danger: a person must look now. `ended_by` is a plain key."""

    class Source(models.TextChoices):
        SCREEN = "screen", _("An automatic check")
        READER = "reader", _("A reader")
        MODERATOR = "moderator", _("A moderator")

    class Ending(models.TextChoices):
        TOLD = "told", _("The emergency services were told")
        HELPED = "helped", _("The person was reached, and help is there")
        NO_DANGER = "no_danger", _("There is no danger to be seen")

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="alarms")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="alarms")
    source = models.CharField(max_length=10, choices=Source)
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(ended_at__isnull=True),
                name="one_open_alarm_about_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="", ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending="")),
                name="an_alarm_is_ended_by_a_person",
            ),
        ]
        indexes = [models.Index(fields=["agency", "ended_at"], name="alarm_desk")]

    def __str__(self) -> str:
        return f"Alarm {self.pk}"

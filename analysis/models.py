"""Runs of an engine over a consultation, the themes it found, and which voice was read as which."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Contribution, Outcome, Question, Response
from foundation.claims import Work


class Run(Work):
    """One reading of everything that may be read, by one engine with known settings."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="runs")
    engine = models.CharField(max_length=40)
    version = models.CharField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    voices = models.PositiveIntegerField(default=0)
    uncoded = models.PositiveIntegerField(default=0)

    class Meta(Work.Meta):
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.engine} {self.asked_at:%Y-%m-%d}"


class Theme(models.Model):
    """Something that several voices said. A machine proposes the terms; a person gives it its name."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="themes")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(max_length=10)
    label = models.CharField(_("what people said, in a line"), max_length=200)
    summary = models.TextField(_("what people said"), blank=True)
    terms = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    named_by_person = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, related_name="merged", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class Coding(models.Model):
    """A voice read as a theme, by the engine or by a person who corrected it."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="codings")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="codings")
    weight = models.FloatField(default=1.0)
    corrected = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "contribution"], name="a_voice_once_in_a_theme")
        ]


class Finding(models.Model):
    """An exact count over the answers to one question, as the `counting` engine found it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="findings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="findings")
    tally = models.JSONField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "question"], name="one_finding_a_question")]


class ReadBack(models.Model):
    """Whether an author finds their voice read rightly as a theme, and what an analyst did about a no.

    `by` is a plain key, as in a moderator's decision.
    """

    class Verdict(models.TextChoices):
        CORRECTED = "corrected", _("Read otherwise now")
        KEPT = "kept", _("The reading stays")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, models.PROTECT, related_name="read_backs")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="read_backs")
    rightly = models.BooleanField()
    words = models.TextField(blank=True, help_text="What the author meant, in their own words")
    language = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    read_as = models.ForeignKey(Theme, models.SET_NULL, related_name="+", null=True, blank=True)
    answer = models.TextField(blank=True, help_text="Why the reading stays, to the author")
    by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "theme"], name="one_read_back_a_reading"),
            models.CheckConstraint(
                condition=Q(verdict="", by__isnull=True, settled_at__isnull=True)
                | (Q(rightly=False, by__isnull=False, settled_at__isnull=False) & ~Q(verdict="")),
                name="only_a_no_is_settled_and_by_somebody",
            ),
            models.CheckConstraint(condition=Q(rightly=False) | Q(words=""), name="a_yes_needs_no_words"),
        ]
        indexes = [models.Index(fields=["rightly", "verdict", "said_at"], name="read_back_desk")]

    def __str__(self) -> str:
        return f"ReadBack {self.pk}"


class Agreement(models.Model):
    """How many of those who answered say that they were read rightly: counted once, when the outcome is out."""

    outcome = models.OneToOneField(Outcome, models.CASCADE, related_name="agreement")
    answered = models.PositiveIntegerField(help_text="Voices that said whether they were read rightly")
    rightly = models.PositiveIntegerField(help_text="Of these, voices that never said no")
    corrected = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__gt=0, rightly__lte=models.F("answered")), name="of_those_who_answered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rightly}/{self.answered}"

"""What the house says back, as rows: released once, with its numbers frozen and its voices named by key."""

import uuid

from django.db import models

from consultations.models.subjects import Consultation
from consultations.models.voices import Contribution
from foundation.models import Approval


class Outcome(models.Model):
    """A summary, an official answer, a decision. Drafted by analysis, decided by an officer, released by a second."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="outcomes")
    page = models.OneToOneField("consultations.OutcomePage", models.PROTECT, related_name="outcome")
    translation_key = models.UUIDField(unique=True)
    drafted_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | models.Q(approval__isnull=False),
                name="no_outcome_released_unapproved",
            )
        ]


class OutcomeAnswer(models.Model):
    """One theme of what was said, with the official answer to it, in each released language."""

    key = models.UUIDField(default=uuid.uuid4)
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.JSONField(default=dict, help_text="{language: {label, summary, answer}}")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["outcome", "key"], name="one_answer_a_theme")]


class OutcomeVoice(models.Model):
    """A contribution that was read as this theme."""

    answer = models.ForeignKey(OutcomeAnswer, models.CASCADE, related_name="voices")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="outcome_voices")
    weight = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "contribution"], name="a_voice_once_a_theme")
        ]


class Figure(models.Model):
    """A number that stands in an outcome: which query, with what, and what it gave when it was frozen."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="figures")
    key = models.CharField(
        max_length=200, help_text="Figure and its parameter, e.g. `responses` or `theme:<uuid>`"
    )
    value = models.DecimalField(max_digits=14, decimal_places=2)
    query_sha256 = models.CharField(max_length=64)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "key"], name="one_value_a_figure")]

"""What people answer to: thin rows, written when an approved page is released."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models.topics import Topic
from foundation import clock
from foundation.models import Approval


class Visibility(models.TextChoices):
    """Who will see the words of an answer, from the widest to the narrowest; printed beside the field."""

    AT_ONCE = "at_once", _("Published at once")
    AFTER_CLOSE = "after_close", _("Published after moderation when it closes")
    SUMMARISED = "summarised", _("Only counted and summarised")
    CONFIDENTIAL = "confidential", _("Confidential")

    @property
    def tightness(self) -> int:
        """0 for the widest, 3 for the narrowest."""
        return list(Visibility).index(self)

    @classmethod
    def public(cls) -> list[str]:
        """Those whose single answers can ever be shown to everybody."""
        return [cls.AT_ONCE, cls.AFTER_CLOSE]

    @classmethod
    def readable(cls) -> list[str]:
        """Those whose words the analysis may read."""
        return [cls.AT_ONCE, cls.AFTER_CLOSE, cls.SUMMARISED]


def late(now: datetime, today: date | None = None) -> Q:
    """Closed, not answered, and the promised day is over on the house's calendar; for counting beside others."""
    return Q(closes_at__lte=now, answered_at__isnull=True, answer_due_on__lt=today or clock.day(now))


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations by the moment in their life; the moment is always given."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def upcoming(self, now: datetime) -> Self:
        return self.standing().filter(opens_at__gt=now)

    def open(self, now: datetime) -> Self:
        return self.standing().filter(opens_at__lte=now, closes_at__gt=now)

    def closed(self, now: datetime) -> Self:
        return self.standing().filter(closes_at__lte=now)

    def answered(self) -> Self:
        return self.standing().filter(answered_at__isnull=False)

    def overdue(self, now: datetime) -> Self:
        """Closed, not answered, and the promised day is over."""
        return self.standing().filter(late(now))


class Consultation(models.Model):
    """A subject put to people by an agency: the row to which every language of its page leads."""

    class Moderation(models.TextChoices):
        BEFORE = "before", _("Read by a moderator before it is shown")
        AFTER = "after", _("Shown at once, read by a moderator afterwards")

    translation_key = models.UUIDField(unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consultations")
    page = models.ForeignKey("consultations.ConsultationPage", models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    opens_at = models.DateTimeField(db_index=True)
    closes_at = models.DateTimeField(db_index=True)
    answer_due_on = models.DateField()
    first_closes_at = models.DateTimeField(help_text=_("As first announced"))
    first_answer_due_on = models.DateField(help_text=_("As first announced"))
    moderation = models.CharField(max_length=10, choices=Moderation, default=Moderation.BEFORE)
    topics = models.ManyToManyField(Topic, through="consultations.About", related_name="consultations")
    registered_at = models.DateTimeField()
    opened_told_at = models.DateTimeField(null=True, blank=True)
    closed_told_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=40, blank=True)
    participant_count = models.PositiveIntegerField(default=0)
    response_count = models.PositiveIntegerField(default=0)
    """Voices: answers, ideas and comments that stand, each once. People are told it as such."""
    counted_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.opens_at <= now < self.closes_at

    def is_closed(self, now: datetime) -> bool:
        return now >= self.closes_at

    def is_overdue(self, now: datetime) -> bool:
        return self.is_closed(now) and self.answered_at is None and clock.day(now) > self.answer_due_on

    def state(self, now: datetime) -> str:
        """`withdrawn`, `upcoming`, `open`, `answered`, `overdue` or `closed`."""
        if self.withdrawn_at:
            return "withdrawn"
        if now < self.opens_at:
            return "upcoming"
        if now < self.closes_at:
            return "open"
        if self.answered_at:
            return "answered"
        return "overdue" if self.is_overdue(now) else "closed"

    def days_left(self, now: datetime) -> int:
        """Whole days until the close, rounded up; 0 when closed."""
        return max(0, -((now - self.closes_at) // timedelta(days=1)))


class Phase(models.Model):
    """A span of time that opens questions."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="phases")
    block_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "block_id"], name="one_row_for_a_phase"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="phase_closes_after_it_opens"
            ),
        ]

    def is_open(self, now: datetime) -> bool:
        return self.retired_at is None and self.opens_at <= now < self.closes_at


class Question(models.Model):
    """One participation instrument put to people. It is retired, never deleted."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="questions")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="questions")
    block_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    instrument = models.CharField(max_length=40)
    visibility = models.CharField(max_length=20, choices=Visibility)
    required = models.BooleanField(default=False)
    settings = models.JSONField(
        default=dict, help_text=_("The instrument's settings without words: ids, scales, limits")
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "block_id"], name="one_row_for_a_question")
        ]


class Wording(models.Model):
    """The exact words that stood before people, by language and version; each was approved by a second person."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="wordings")
    question = models.ForeignKey(Question, models.PROTECT, related_name="wordings", null=True, blank=True)
    key = models.CharField(max_length=40, help_text=_("Block id of a phase or question, or `consultation`"))
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    words = models.JSONField()
    sha256 = models.CharField(max_length=64)
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "key", "language", "version"], name="one_wording_a_version"
            )
        ]

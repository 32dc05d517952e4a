"""The ground's only tables: who approved which words, who wrote them, what is to be done, who holds a job."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from foundation import clock
from foundation.claims import Work


class Approval(models.Model):
    """A second person's yes to exactly these words (by their hash). Append only: triggers see to it.

    People are plain keys, so that erasing an account leaves the chain of approvals whole.
    """

    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    step = models.CharField(max_length=40)
    submitted_by = models.BigIntegerField()
    approved_by = models.BigIntegerField()
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("submitted_by")), name="approval_by_another_person"
            ),
            models.UniqueConstraint(
                fields=["kind", "thing", "sha256", "step"], name="approval_once_for_each_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.step} {self.sha256[:12]}"


class Writer(models.Model):
    """Somebody whose change made these words. Append only.

    `since_approval` is the key of the thing's newest approval when this was noted (0: none): it puts writers
    and approvals in one order without asking a clock.
    """

    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=200)
    person = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    since_approval = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing", "person", "sha256", "since_approval"], name="writer_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.person} {self.sha256[:12]}"


class Outbox(Work):
    """Something to be done after commit, written in the same transaction as its cause."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["kind", "state", "due_at"])]
        verbose_name_plural = "outbox"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"


class Lease(models.Model):
    """Who holds a named job, and until when; used where the database knows no advisory locks."""

    name = models.CharField(max_length=100, unique=True)
    holder = models.CharField(max_length=32)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.until:%Y-%m-%d %H:%M:%S}"


class BlockedContent(models.Model):
    """What a browser refused to load under our content policy: counted by kind of page, never by reader or address."""

    directive = models.CharField(max_length=40)
    blocked = models.CharField(max_length=200)
    page = models.CharField(max_length=100)
    times = models.PositiveBigIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "blocked", "page"], name="blocked_content_once")
        ]
        verbose_name_plural = "blocked content"

    def __str__(self) -> str:
        return f"{self.directive} {self.blocked} on {self.page}"

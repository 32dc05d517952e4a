"""Votes: events that are only ever added, the current row of each voter, and the count made from them."""

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consultations.models.voices import Contribution, Participant


class TransactionId(models.Func):
    """The number of the writing transaction on PostgreSQL; 0 on SQLite, which writes one at a time."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    arity = 0
    allowed_default = True
    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="0", **context)


class VoteEvent(models.Model):
    """One act of supporting or taking back. Rows are added and never changed: the database refuses it."""

    class Value(models.IntegerChoices):
        WITHDRAWN = 0, _("Taken back")
        SUPPORT = 1, _("Support")

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="vote_events")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="vote_events")
    value = models.SmallIntegerField(choices=Value)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(db_default=Now())
    xid = models.BigIntegerField(db_default=TransactionId(), db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(value__in=[0, 1]), name="vote_event_value")]


class Vote(models.Model):
    """Where a participant stands on a contribution now."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="votes")
    value = models.SmallIntegerField(choices=VoteEvent.Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "participant"], name="one_person_one_vote"),
            models.CheckConstraint(condition=models.Q(value__in=[0, 1]), name="vote_value"),
        ]
        indexes = [models.Index(fields=["contribution"], condition=models.Q(value=1), name="vote_supports")]


class ImportedCount(models.Model):
    """A number of votes that another system counted. It is shown with its source and never mixed with ours."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="imported_counts")
    source = models.CharField(max_length=120)
    label = models.CharField(max_length=20)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "source", "label"], name="one_imported_count_a_label"
            )
        ]


class RollUp(models.Model):
    """How far one counting job has come: every event below the watermark is in the counts shown."""

    name = models.CharField(max_length=40, primary_key=True)
    watermark = models.BigIntegerField(default=0)
    as_of = models.DateTimeField(null=True)

"""The register's only table."""

from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from records import verify

WAITING = "record"
"""The kind of the outbox lines that wait to be chained."""


class Record(models.Model):
    """One line of the public register.

    The database refuses every change and removal (a trigger on both engines), and an added line that does not
    follow on the one before it. On PostgreSQL the site's role is also denied UPDATE, DELETE and TRUNCATE:
    docs/how-to/guard-the-register.md.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    agency = models.CharField(max_length=80, blank=True)
    thing = models.CharField(max_length=80, blank=True)
    body = models.JSONField(encoder=DjangoJSONEncoder)
    at = models.DateTimeField(help_text="To the minute")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def fields(self) -> dict[str, Any]:
        """What is written of this line, by name."""
        at = self.at.astimezone(UTC)
        exact = at.second or at.microsecond
        return {
            "seq": self.seq,
            "kind": self.kind,
            "agency": self.agency,
            "thing": self.thing,
            "body": self.body,
            "at": at.isoformat() if exact else f"{at:%Y-%m-%dT%H:%MZ}",
            "prev_hash": self.prev_hash,
            "hash": self.hash,
        }

    def line(self) -> bytes:
        """The line as anybody downloads it, with its line end."""
        return verify.canonical(self.fields()) + b"\n"

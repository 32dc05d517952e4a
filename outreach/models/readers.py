"""Who asked for an agency's newsletter. The row goes when they leave; nothing else is kept of them."""

import secrets

from django.db import models

from accounts.models import Agency


def fresh_code() -> str:
    """What the links in a letter carry instead of an address."""
    return secrets.token_urlsafe(24)


class Reader(models.Model):
    """One mailbox on one agency's list. Until it is confirmed by its owner it gets one letter and no more."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="readers")
    address = models.EmailField(max_length=254)
    address_key = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=10)
    code = models.CharField(max_length=64, unique=True, default=fresh_code)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "address_key"], name="one_place_on_a_list")]

    def __str__(self) -> str:
        return f"reader {self.pk}"

"""A part of a post on its way to one account (or one reader), and what was answered out there."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution
from foundation.claims import Work
from foundation.models import Approval
from outreach.models.accounts import ChannelAccount
from outreach.models.posts import PostVersion
from outreach.models.readers import Reader


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by how far they are."""

    def published(self) -> Self:
        return self.filter(state=Delivery.State.PUBLISHED)

    def under_way(self) -> Self:
        """Approved, and not ended in any way."""
        return self.filter(state__in=Delivery.State.under_way())

    def ripe(self, now: datetime) -> Self:
        """Approved, and their time has come."""
        return self.filter(state=Delivery.State.APPROVED, due_at__lte=now)


class Delivery(Work):
    """One row for each part, account and reader. From approval on its words are frozen: a trigger sees to it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved, waits for its time")
        DUE = "due", _("On its way")
        ATTEMPTING = "attempting", _("Being sent")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Refused by the network")
        UNKNOWN = "unknown", _("Nobody knows: please look")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Taken back")

        @classmethod
        def under_way(cls) -> list[str]:
            return [cls.APPROVED, cls.DUE, cls.ATTEMPTING, cls.UNKNOWN]

        @classmethod
        def not_begun(cls) -> list[str]:
            return [cls.APPROVED, cls.DUE]

        @classmethod
        def told(cls) -> list[str]:
            """What everybody may read of: it stands out there, or stood there and was taken back."""
            return [cls.PUBLISHED, cls.WITHDRAWN]

    class Reason(models.TextChoices):
        """Why a post was taken back, as everybody may read it."""

        MISTAKE = "mistake", _("It held a mistake")
        OUTDATED = "outdated", _("It was no longer true")
        WRONG_PLACE = "wrong_place", _("It stood on the wrong account")
        RIGHTS = "rights", _("It touched somebody's rights")
        NOT_OURS = "not_ours", _("It did not come from us")

    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="deliveries")
    part = models.PositiveSmallIntegerField(default=1)
    of = models.PositiveSmallIntegerField(default=1)
    reader = models.ForeignKey(Reader, models.SET_NULL, related_name="deliveries", null=True, blank=True)
    recipient_key = models.CharField(max_length=64, blank=True, editable=False)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    link = models.CharField(max_length=500, blank=True)
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="+", null=True, blank=True)
    record_key = models.CharField(max_length=40, editable=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    late_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    remote_id = models.CharField(max_length=400, blank=True, editable=False)
    remote_url = models.CharField(max_length=500, blank=True, editable=False)
    remote_uri = models.CharField(max_length=500, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=20, choices=Reason, blank=True, editable=False)
    settled_by = models.BigIntegerField(null=True, blank=True, editable=False)
    watched_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["version", "part", "pk"]
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "account", "part", "recipient_key"], name="one_delivery_a_part"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(approval__isnull=False),
                name="nothing_goes_out_unapproved",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_at_some_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.part} {self.state}"


class Heard(models.Model):
    """A public reply to one of our posts, and the contribution it became. Who said it is not kept."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="heard")
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="heard")
    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="heard")
    external_id = models.CharField(max_length=64, help_text=_("Hash of the network's own identifier"))
    remote_id = models.CharField(max_length=400, editable=False)
    uri = models.CharField(max_length=500, blank=True, editable=False)
    url = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name_plural = _("heard")
        constraints = [
            models.UniqueConstraint(fields=["external_id"], name="heard_once"),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(url="", uri="", remote_id=""),
                name="what_is_gone_leaves_no_address",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id[:12]

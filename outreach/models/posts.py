"""One public message of an agency, and its wording for each account and language."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models import Consultation, Outcome
from outreach.models.accounts import ChannelAccount

LATE_AFTER = timedelta(hours=24)


class Post(models.Model):
    """Something an agency tells people: drafted of what happened in the hall, or written by a press officer."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits for a second person")
        APPROVED = "approved", _("Approved")
        CANCELLED = "cancelled", _("Cancelled")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="posts", null=True, blank=True
    )
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="posts", null=True, blank=True)
    occasion = models.CharField(
        max_length=80, blank=True, help_text=_("What it was drafted upon, once: `outcome:<key>`")
    )
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    go_at = models.DateTimeField(_("goes out at"), null=True, blank=True)
    late_after = models.DurationField(_("needs approval again when later by"), default=LATE_AFTER)
    submitted_by = models.BigIntegerField(null=True, blank=True, editable=False)
    submitted_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    note = models.CharField(max_length=200, blank=True, help_text=_("Why it came back"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion"], condition=~Q(occasion=""), name="one_post_an_occasion"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "approved"])
                | (Q(submitted_by__isnull=False) & ~Q(submitted_sha256="")),
                name="nothing_waits_unsubmitted",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostVersion(models.Model):
    """The words of a post for one account in one language; they can change until they are approved."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=10)
    title = models.CharField(_("title"), max_length=255, blank=True)
    text = models.TextField(_("words"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    left_out = models.BooleanField(_("leave this account out"), default=False)
    sha256 = models.CharField(max_length=64, editable=False)
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["account", "language"]
        constraints = [
            models.UniqueConstraint(fields=["post", "account", "language"], name="one_wording_an_account")
        ]

    def __str__(self) -> str:
        return f"{self.account} ({self.language})"

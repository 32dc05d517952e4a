"""Where an agency speaks, and the switch that stops it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from outreach import conf


class ChannelAccountQuerySet(models.QuerySet["ChannelAccount"]):
    """Accounts by what may be done with them now."""

    def standing(self) -> Self:
        """Not switched off: posts are worded for these."""
        return self.exclude(state=ChannelAccount.State.OFF)

    def usable(self, now: datetime) -> Self:
        """Connected, and not asked by the network to wait."""
        rested = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
        return self.filter(rested, state=ChannelAccount.State.CONNECTED)

    def to_check(self, now: datetime) -> Self:
        """Those whose network is to be asked now whether they still work."""
        rested = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
        return self.standing().filter(rested, Q(check_due_at__isnull=True) | Q(check_due_at__lte=now))

    def ill(self) -> Self:
        """Those of which somebody was told that they do not work."""
        return self.standing().filter(ill_since__isnull=False)


class ChannelAccount(models.Model):
    """One agency's place on one channel. Its token is stored encrypted and never shown."""

    class State(models.TextChoices):
        CONNECTED = "connected", _("Connected")
        RECONNECT = "reconnect", _("Must be connected again")
        OFF = "off", _("Switched off")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="channel_accounts")
    channel = models.CharField(_("channel"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    base_url = models.URLField(_("address of the server"), blank=True)
    sealed_token = models.TextField(blank=True, editable=False)
    languages = models.JSONField(_("languages"), default=list)
    state = models.CharField(max_length=20, choices=State, default=State.CONNECTED)
    paused_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=400, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    health_at = models.DateTimeField(null=True, blank=True, help_text=_("When it worked last"))
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    ill_since = models.DateTimeField(null=True, blank=True, editable=False)
    check_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    token_at = models.DateTimeField(null=True, blank=True, editable=False)
    token_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    remote_name = models.CharField(max_length=200, blank=True)
    remote_url = models.URLField(max_length=400, blank=True)
    limit = models.PositiveIntegerField(null=True, blank=True, help_text=_("As the network told it"))
    cursor = models.CharField(max_length=400, blank=True, editable=False)
    heard_at = models.DateTimeField(null=True, blank=True, editable=False)
    connected_at = models.DateTimeField()

    objects = ChannelAccountQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "channel", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "channel", "base_url", "name"], name="one_account_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def ends_soon(self, now: datetime) -> bool:
        """Did the network say that the token ends within days?"""
        return self.token_expires_at is not None and self.token_expires_at <= now + conf.ENDS_SOON

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now


class KillSwitch(models.Model):
    """One stop: put by one person, ended by two. While it stands, nothing within its scope goes out."""

    class Scope(models.TextChoices):
        ALL = "all", _("Everything")
        CHANNEL = "channel", _("One channel")
        ACCOUNT = "account", _("One account")

    scope = models.CharField(max_length=10, choices=Scope)
    channel = models.CharField(max_length=40, blank=True)
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="stops", null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200)
    stopped_by = models.BigIntegerField()
    stopped_at = models.DateTimeField()
    first_starter = models.BigIntegerField(null=True, blank=True)
    second_starter = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-stopped_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "channel"],
                condition=Q(started_at__isnull=True, account__isnull=True),
                name="one_stop_a_scope",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(started_at__isnull=True, account__isnull=False),
                name="one_stop_an_account",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, second_starter__isnull=True)
                | (
                    Q(started_at__isnull=False, first_starter__isnull=False, second_starter__isnull=False)
                    & ~Q(first_starter=F("second_starter"))
                ),
                name="started_again_by_two",
            ),
            models.CheckConstraint(
                condition=Q(scope="all", channel="", account__isnull=True)
                | (Q(scope="channel", account__isnull=True) & ~Q(channel=""))
                | Q(scope="account", channel="", account__isnull=False),
                name="a_stop_says_what_it_stops",
            ),
        ]

    @property
    def stands(self) -> bool:
        return self.started_at is None

"""Letters as rows, and who wants none."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.claims import Work


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by what is to be done about them."""

    def stuck(self) -> Self:
        """Those that a person should look at: nobody knows whether they arrived, or they were refused."""
        return self.filter(state__in=Letter.State.stuck())


class Letter(Work):
    """One letter to one person about one thing. It holds keys and no words: those are written when it is sent."""

    class State(models.TextChoices):
        DUE = "due", _("To be sent")
        ATTEMPTING = "attempting", _("Being sent")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused by the mail server")
        UNKNOWN = "unknown", _("Nobody knows whether it arrived")
        GATHERED = "gathered", _("Waits for a digest")
        CANCELLED = "cancelled", _("No longer to be said")

        @classmethod
        def stuck(cls) -> list[str]:
            return [cls.UNKNOWN, cls.REFUSED]

    state = models.CharField(max_length=20, choices=State, default=State.DUE)
    occasion = models.CharField(max_length=40, help_text=_("Key of the letter's file"))
    thing = models.CharField(max_length=100, help_text=_("What it is about: a kind and a key"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True
    )
    facts = models.JSONField(default=dict, help_text=_("Keys of rows, never words"))
    sealed = models.TextField(blank=True, help_text=_("An address or a code that must not rest in clear"))
    language = models.CharField(max_length=10)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its words began to be handed over")
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        "self", models.SET_NULL, related_name="gathered", null=True, blank=True,
        help_text=_("The letter that it goes out in"),
    )  # fmt: skip

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["occasion", "thing"]),
            models.Index(fields=["person", "state", "sent_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "thing", "person"],
                condition=Q(person__isnull=False),
                name="one_letter_a_person_about_a_thing",
            ),
            models.UniqueConstraint(
                fields=["occasion", "thing"],
                condition=Q(person__isnull=True),
                name="one_letter_about_a_thing_to_a_stranger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.pk} {self.state}"


class Preference(models.Model):
    """What letters somebody wants, how often, in which language. No row: all of them, each at once."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("Each letter at once")
        DAILY = "daily", _("One letter a day with all of it")
        WEEKLY = "weekly", _("One letter a week with all of it")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    letters_wanted = models.BooleanField(default=True)
    unwanted = models.JSONField(default=list, help_text=_("Groups of letters that are not wanted"))
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE)
    language = models.CharField(
        max_length=10, blank=True, help_text=_("Empty: that of the words it is about")
    )
    way = models.CharField(max_length=20, default="email")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {'wants' if self.letters_wanted else 'wants no'} letters"

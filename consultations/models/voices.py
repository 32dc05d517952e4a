"""Who says, and what is said. Everything hangs on the participant, never on the person."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.subjects import Consultation, Question, Visibility, Wording


class Channel(models.TextChoices):
    """By which way a voice came in."""

    WEB = "web", _("On this site")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")
    SOCIAL = "social", _("On a social network")
    IMPORT = "import", _("From another system")


class Batch(models.Model):
    """One taking in of many voices from another system or a stack of letters."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="batches")
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    taken_in_at = models.DateTimeField()
    accepted = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)


class Participant(models.Model):
    """One person's or organisation's place in one consultation. The link to the person can be cut."""

    class Behalf(models.TextChoices):
        PERSON = "person", _("For myself")
        ORGANISATION = "organisation", _("For an organisation")
        AGENCY = "agency", _("For the government")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="participants", null=True, blank=True
    )
    pseudonym = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(default=0, help_text=_("0 none, 1 address shown, 2 verified"))
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=10)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="one_place_for_a_person"),
            models.UniqueConstraint(fields=["consultation", "pseudonym"], name="one_holder_of_a_pseudonym"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class Response(models.Model):
    """One participant's set of answers to one form, or one single act such as an idea or a comment."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="responses")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="responses")
    form = models.CharField(max_length=60, help_text=_("`phase:<id>`, or `act:<uuid>` for a single act"))
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="responses", null=True, blank=True)
    language = models.CharField(max_length=10)
    behalf = models.CharField(max_length=15, choices=Participant.Behalf, default=Participant.Behalf.PERSON)
    organisation = models.CharField(max_length=200, blank=True)
    paper = models.FileField(upload_to="papers/%Y/%m/", blank=True)
    may_publish = models.BooleanField(default=False)
    may_quote = models.BooleanField(default=False)
    receipt_hash = models.CharField(max_length=64, unique=True)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True)
    submitted_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "form"],
                condition=~Q(state="withdrawn"),
                name="one_active_response_to_a_form",
            ),
            models.CheckConstraint(
                condition=Q(organisation="") | Q(behalf="organisation"),
                name="only_an_organisation_has_its_name",
            ),
        ]


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions by what may be done with them."""

    def standing(self) -> Self:
        """Said and not taken back or removed."""
        return self.filter(state__in=Contribution.State.standing())

    def awaiting_decision(self) -> Self:
        return self.filter(state__in=Contribution.State.awaiting_decision())

    def visible(self, now: datetime) -> Self:
        """What everybody may read at this moment."""
        shown = Q(question__isnull=True) | Q(question__visibility=Visibility.AT_ONCE)
        shown |= Q(question__visibility=Visibility.AFTER_CLOSE, consultation__closes_at__lte=now)
        return self.filter(shown, state=Contribution.State.PUBLISHED, may_publish=True)

    def readable(self) -> Self:
        """What the analysis may read: standing, not confidential, not the agency's own words."""
        return self.standing().filter(
            Q(question__isnull=True) | Q(question__visibility__in=Visibility.readable()),
            official=False,
            seeded=False,
        )


class Contribution(models.Model):
    """Whatever is said: an answer, an idea, a comment, a reply heard elsewhere, a letter typed in from paper."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        IDEA = "idea", _("Idea")
        COMMENT = "comment", _("Comment")
        HEARD = "heard", _("Heard elsewhere")

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for a moderator")
        HELD = "held", _("Held by a moderator")
        COUNTED = "counted", _("Counted and summarised, not shown")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Not published")
        WITHDRAWN = "withdrawn", _("Taken back")
        REMOVED = "removed", _("Removed")

        @classmethod
        def awaiting_decision(cls) -> list[str]:
            return [cls.PENDING, cls.HELD]

        @classmethod
        def quotable(cls) -> list[str]:
            return [cls.COUNTED, cls.PUBLISHED]

        @classmethod
        def standing(cls) -> list[str]:
            return [cls.PENDING, cls.HELD, cls.COUNTED, cls.PUBLISHED]

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="contributions")
    response = models.ForeignKey(Response, models.PROTECT, related_name="contributions")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="contributions")
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="contributions", null=True, blank=True
    )
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, related_name="replies", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    single = models.BooleanField(default=False, help_text=_("The one answer that is due to its question"))
    text = models.TextField(blank=True)
    answer = models.JSONField(null=True, blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING, db_index=True)
    reason = models.CharField(max_length=40, blank=True, help_text=_("Code of the public reason"))
    may_publish = models.BooleanField(default=False)
    source = models.CharField(max_length=120, default="web")
    external_id = models.CharField(max_length=400, blank=True)
    official = models.BooleanField(default=False, editable=False)
    seeded = models.BooleanField(default=False, editable=False)
    received_at = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    support_count = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="heard_once_from_a_source",
            ),
            models.UniqueConstraint(
                fields=["response", "question"], condition=Q(single=True), name="one_answer_where_one_is_due"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "removed"]) | ~Q(reason=""),
                name="no_refusal_without_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["consultation", "kind", "state", "-published_at"], name="contribution_newest"
            ),
            models.Index(
                fields=["consultation", "kind", "state", "-support_count"], name="contribution_supported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

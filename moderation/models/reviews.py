"""What goes to the ombuds moderator, outside the agency: appeals, what was drawn by chance, what readers flag once more."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from consultations.models import Contribution


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews by what is to be done with them."""

    def standing(self) -> Self:
        """Those whose words are still as they were when it was opened, and still have words."""
        return self.filter(contribution__state=F("about")).exclude(contribution__text="")

    def waiting(self) -> Self:
        """To be decided by the ombuds moderator."""
        return self.standing().filter(decided_at__isnull=True)

    def appeals(self) -> Self:
        return self.filter(source=Review.Source.APPEAL)

    def reversals(self) -> Self:
        """Those that ended otherwise than the agency had decided."""
        return self.filter(verdict=Review.Verdict.REVERSED)


class Review(models.Model):
    """Somebody outside the agency looks once more at what became of words. `by` is a plain key, as in a decision."""

    class Source(models.TextChoices):
        APPEAL = "appeal", _("Its author appealed")
        SAMPLE = "sample", _("Drawn by chance")
        FLAGS = "flags", _("Readers flagged it")

    class Verdict(models.TextChoices):
        UPHELD = "upheld", _("The decision stands")
        REVERSED = "reversed", _("The decision is reversed")

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="reviews")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reviews")
    source = models.CharField(max_length=10, choices=Source)
    about = models.CharField(
        max_length=10, help_text=_("How the words stood when it was opened: a state of the contribution")
    )
    about_reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True, help_text=_("The author's own"))
    language = models.CharField(max_length=10)
    on_paper = models.BooleanField(default=False, help_text=_("A clerk typed in what came as a letter"))
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True, help_text=_("The ombuds moderator's words to the author"))
    by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "source", "about"], name="one_appeal_against_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, verdict="", reason="", by__isnull=True)
                | (Q(decided_at__isnull=False, by__isnull=False) & ~Q(verdict="") & ~Q(reason="")),
                name="a_review_ends_with_verdict_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(source="appeal"), name="only_an_appeal_comes_on_paper"
            ),
        ]
        indexes = [models.Index(fields=["decided_at", "due_at"], name="review_desk")]

    def __str__(self) -> str:
        return f"Review {self.pk} {self.source}"


class Draw(models.Model):
    """The salt by which chance draws rejections: one row, made once, shown to nobody."""

    salt = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_salt")]

    def __str__(self) -> str:
        return "Draw"

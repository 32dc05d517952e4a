"""What somebody typed and has not sent: theirs alone, and for a while."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.models.subjects import Phase, Question


class Draft(models.Model):
    """An answer that was begun: of a person, or of a visitor until they sign in. No agency reads it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", null=True, blank=True
    )
    visitor = models.UUIDField(null=True, blank=True)
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="drafts")
    terms = models.JSONField(null=True, blank=True)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "phase"], name="one_draft_of_a_person"),
            models.UniqueConstraint(fields=["visitor", "phase"], name="one_draft_of_a_visitor"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, visitor__isnull=True)
                | Q(person__isnull=True, visitor__isnull=False),
                name="a_draft_has_one_owner",
            ),
        ]


class DraftPart(models.Model):
    """What was typed to one question, as the browser sent it; `others` were typed in another window meanwhile."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="parts")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    typed = models.JSONField(default=list)
    others = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "question"], name="one_part_for_a_question")]

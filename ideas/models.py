"""What an idea has beside its words: a title, tags, and how far it has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from consultations.models import Contribution

LONGEST_TITLE = 120


class TaggedIdea(TaggedItemBase):
    """One tag on one idea."""

    content_object = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="one_tag_once_on_an_idea")
        ]


class Idea(models.Model):  # type: ignore[django-manager-missing]
    """The row beside a contribution of the kind *idea*. Its words, its state and its support are the hall's.

    The words of an idea begin with its title, so that whoever reads contributions (moderators, analysis, search,
    exports) reads it too; `title` is that first line, for lists.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        TAKEN_UP = "taken_up", _("Taken up")
        CARRIED_OUT = "carried_out", _("Carried out")
        NOT_TAKEN_UP = "not_taken_up", _("Not taken up")

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="idea")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    category = models.CharField(max_length=60, blank=True, help_text=_("Id of a category of its question"))
    status = models.CharField(max_length=15, choices=Status, default=Status.RECEIVED)
    normal = models.TextField(
        blank=True,
        editable=False,
        help_text=_("The words in their plainest form, between spaces, to find similar ideas"),
    )
    tags = TaggableManager(through=TaggedIdea, blank=True)

    def __str__(self) -> str:
        return self.title


class Follow(models.Model):
    """That somebody wants to know when something new stands below an idea. No screen shows it to anybody else."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="follows")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "idea"], name="one_follows_an_idea_once")]

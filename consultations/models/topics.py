"""What consultations are about: a short list, kept at the centre, in every language of the site."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class Topic(ClusterableModel):
    """A subject by which consultations are found: water, schools. Its slug is the same in every language."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(
        _("name"), max_length=80, help_text=_("In the first language of the site; others stand below.")
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def title_in(self, language: str) -> str:
        """Its name in this language, else its first name; asks nothing when `titles` were fetched before."""
        found = [worded.title for worded in self.titles.all() if worded.language == language]
        return found[0] if found else self.title


class TopicTitle(models.Model):
    """The name of a topic in another language."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("name"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language"], name="one_name_of_a_topic_in_a_language")
        ]

    def __str__(self) -> str:
        return self.title


class About(models.Model):
    """That a consultation is about a topic. While one is, the topic cannot be deleted."""

    consultation: Any = models.ForeignKey("consultations.Consultation", models.CASCADE, related_name="about")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="about")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "topic"], name="about_a_topic_once")]

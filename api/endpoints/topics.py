"""Topics: what consultations are about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from api import shown
from api.nouns import Noun, Shown, nouns
from api.queries import public_consultations
from api.schema import InLanguage, means
from api.schema import Topic as TopicNamed
from consultations.models import About, Topic


class WhichTopics(InLanguage):
    """All of them; only the language of their names can be chosen."""


class TopicOut(TopicNamed):
    """A topic."""

    consultations: int = means("How many consultations are about it", 12)


class Topics(Noun[Topic]):
    """All of them, by their slugs."""

    key = "topics"
    one = "topic"
    words = _("Topics")
    about = _("What consultations are about.")
    item = whole = TopicOut
    which = WhichTopics
    by = ("slug",)

    def rows(self, which: Any, now: datetime) -> "QuerySet[Topic]":
        return Topic.objects.prefetch_related("titles")

    def find(self, key: str, now: datetime) -> "QuerySet[Topic]":
        return self.rows(None, now).filter(slug=key)

    def shown(self, rows: Sequence[Topic], language: str, now: datetime) -> Iterable[Shown]:
        about = About.objects.filter(topic__in=rows, consultation__in=public_consultations().values("pk"))
        counts = dict(about.order_by().values_list("topic").annotate(Count("pk")))
        for row in rows:
            yield {**shown.topic(row, language), "consultations": counts.get(row.pk, 0)}


nouns.register(Topics())

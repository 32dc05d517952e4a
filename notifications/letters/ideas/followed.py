"""Something new stands below an idea that one follows: a comment that everybody may read."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.models import Contribution
from ideas.models import Follow
from ideas.queries import idea_above
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, language_of
from notifications.letters.reply import about, told
from notifications.models import Letter


class Followed:
    """To each who follows; not to whoever wrote the comment, nor to whom it answers, who gets a reply."""

    key: ClassVar[str] = "followed"
    group: ClassVar[str] = "replies"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        comment = told(now).filter(pk=letter.facts.get("contribution")).first()
        follow = _waiting(comment).filter(person=letter.person_id).first() if comment is not None else None
        if comment is None or follow is None:
            return None
        return about(
            comment, _("New below an idea that you follow: %(title)s") % {"title": follow.idea.title}
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        if not Follow.objects.exists():
            return
        fresh = told(now).filter(published_at__gte=now - conf.LOOKS_BACK).order_by("pk")
        for comment in fresh.iterator(chunk_size=500):
            yield from owed(comment)


def owed(comment: Contribution) -> list[Due]:
    """A letter for each who follows the idea above and is not told of this comment in another way."""
    return [
        Due(
            thing=f"followed:{comment.pk}",
            person=follow.person_id,
            language=language_of(follow.idea.contribution.language),
            facts={"contribution": comment.pk},
        )
        for follow in _waiting(comment)
    ]


def _waiting(comment: Contribution) -> "QuerySet[Follow]":
    idea = idea_above(comment)
    if idea is None or comment.published_at is None:
        return Follow.objects.none()
    above = comment.parent.participant.person_id if comment.parent is not None else None
    knows = {comment.participant.person_id, above} - {None}
    following = Follow.objects.filter(idea=idea, since__lte=comment.published_at).exclude(person__in=knows)
    return following.select_related("idea__contribution").order_by("pk")


letters.register(Followed())

"""Something new stands below an idea that one follows: a comment that everybody may read."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from consultations.models import Contribution
from ideas.models import Follow
from ideas.queries import idea_above
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, quote, says
from notifications.letters.reply import attribution, cut, told
from notifications.models import Letter

Kind = Contribution.Kind


class Followed:
    """To each who follows; not to whoever wrote the comment, nor to whom it answers, who gets a reply."""

    key: ClassVar[str] = "followed"
    group: ClassVar[str] = "replies"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        comment = told(now).filter(pk=letter.facts.get("contribution")).first()
        if comment is None or letter.person_id not in {due.person for due in owed(comment)}:
            return None
        idea = idea_above(comment)
        assert idea is not None
        who = attribution(comment)
        said = _("The agency wrote:") if comment.official else _("%(who)s wrote:") % {"who": who}
        return Words(
            subject=_("New below an idea that you follow: %(title)s") % {"title": idea.title},
            parts=[
                says(said),
                quote(cut(comment.text), comment.language),
                goes(_("Read it where it stands"), here("ideas:detail", comment.key)),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        if not Follow.objects.exists():
            return
        fresh = told(now).filter(published_at__gte=now - conf.LOOKS_BACK).order_by("pk")
        for comment in fresh.iterator(chunk_size=500):
            yield from owed(comment)


def owed(comment: Contribution) -> list[Due]:
    """A letter for each who follows the idea above and is not told of this comment in another way."""
    idea = idea_above(comment)
    if idea is None or comment.published_at is None:
        return []
    above = comment.parent.participant.person_id if comment.parent is not None else None
    knows = {comment.participant.person_id, above} - {None}
    following = Follow.objects.filter(idea=idea, since__lte=comment.published_at).exclude(person__in=knows)
    return [
        Due(
            thing=f"followed:{comment.pk}",
            person=follow.person_id,
            language=language_of(idea.contribution.language),
            facts={"contribution": comment.pk},
        )
        for follow in following.order_by("pk")
    ]


letters.register(Followed())

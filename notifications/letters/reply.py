"""Somebody replied: a comment that everybody may read, under one's own idea or comment."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from consultations.models import Contribution
from consultations.views.voices import attribution
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, quote, says
from notifications.models import Letter

LONGEST = 400
Kind = Contribution.Kind


class Reply:
    """To the author of what was replied to; never about one's own words."""

    key: ClassVar[str] = "reply"
    group: ClassVar[str] = "replies"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        told = _told(now).filter(parent__participant__person_id=letter.person_id)
        reply = told.filter(pk=letter.facts.get("contribution")).first()
        if reply is None or reply.parent is None:
            return None
        idea = reply.parent.kind == Kind.IDEA
        subject = _("A reply to your idea: %(title)s") if idea else _("A reply to your comment: %(title)s")
        return about(reply, subject % {"title": reply.consultation.title})

    def missing(self, now: datetime) -> Iterable[Due]:
        fresh = _told(now).filter(published_at__gte=now - conf.LOOKS_BACK).order_by("pk")
        return (_owed(reply) for reply in fresh.iterator(chunk_size=500))


def due(contribution: Contribution, now: datetime) -> Due | None:
    """The letter that is owed for a comment that can be read now; None when nobody waits for it."""
    reply = _told(now).filter(pk=contribution.pk).first()
    return _owed(reply) if reply is not None else None


def about(comment: Contribution, subject: str) -> Words:
    """A letter that shows a comment and leads to it."""
    who = attribution(comment)
    said = _("The agency wrote:") if comment.official else _("%(who)s wrote:") % {"who": who}
    return Words(
        subject=subject,
        parts=[
            says(said),
            quote(_cut(comment.text), comment.language),
            goes(_("Read it where it stands"), _address(comment)),
        ],
    )


def told(now: datetime) -> "QuerySet[Contribution]":
    """Comments that can be read, under words that can be read."""
    shown = Contribution.objects.visible(now)
    replies = shown.filter(kind=Kind.COMMENT, consultation__withdrawn_at=None, parent__in=shown.values("pk"))
    return replies.select_related("parent__participant", "participant", "response", "consultation")


def _told(now: datetime) -> "QuerySet[Contribution]":
    """Those under words of somebody else who has an account."""
    others = told(now).filter(parent__participant__person__isnull=False, parent__official=False)
    own = Q(participant__person__isnull=False, participant__person=F("parent__participant__person"))
    return others.exclude(own)


def _owed(reply: Contribution) -> Due:
    parent = reply.parent
    assert parent is not None
    return Due(
        thing=f"reply:{reply.pk}",
        person=parent.participant.person_id or 0,
        language=language_of(parent.language),
        facts={"contribution": reply.pk},
    )


def _address(reply: Contribution) -> str:
    if apps.is_installed("ideas"):
        return here("ideas:detail", reply.key)
    return here("consultations:answers", reply.consultation.translation_key)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


letters.register(Reply())

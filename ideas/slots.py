"""What this room shows in places that lower templates name."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Consultation, Contribution, Question
from foundation import clock, slots
from foundation.prepared import prepared
from ideas import queries, threads
from ideas.permissions import is_open_for_comments
from ideas.views import rows, talk, ways

NEWEST = 3


def actions(request: HttpRequest, contribution: Contribution) -> dict[str, Any] | None:
    """Support and reply, as links, where both are open; asks the database nothing when the hall's rows are joined."""
    if contribution.official or not is_open_for_comments(contribution, clock.now()):
        return None
    return {
        "support": ways.to_support(contribution, come_back=_here(request)),
        "reply": ways.to_comment(contribution),
        "count": contribution.support_count,
        "about": contribution.participant.pseudonym,
    }


def _here(request: HttpRequest | None) -> str:
    return request.get_full_path() if request is not None else ""


def newest_here(request: HttpRequest, consultation: Consultation) -> dict[str, Any] | None:
    """The newest ideas of a consultation that asks for some, and the way to suggest one."""
    questions = _asking(consultation.pk)
    if not questions:
        return None
    now = clock.now()
    found = _newest(consultation.pk, now)
    asking = [q for q in questions if q.phase.is_open(now)] if consultation.is_open(now) else []
    return {
        "rows": rows.rows(found, now),
        "all": f"{reverse('ideas:index')}?consultation={consultation.translation_key}",
        "propose": reverse("ideas:propose", args=[asking[0].pk]) if asking else "",
    }


@prepared
def _asking(consultation: int) -> "QuerySet[Question]":
    asking = Question.objects.filter(consultation=consultation, instrument="ideas", retired_at__isnull=True)
    return asking.select_related("phase")


@prepared
def _newest(consultation: int, now: datetime) -> "QuerySet[Contribution]":
    return queries.newest(now).filter(consultation=consultation)[:NEWEST]


def mine(request: HttpRequest, person: Any) -> dict[str, Any] | None:
    """What somebody proposed and said here, and what became of it; and the ideas that they follow."""
    found, followed = list(queries.said_by(person)), list(queries.followed_by(person, clock.now()))
    if not found and not followed:
        return None
    talk_below = threads.counts([contribution.pk for contribution in followed])
    return {
        "rows": [_my_row(contribution) for contribution in found],
        "followed": [
            {**_my_row(contribution), "text": rows.comments(talk_below.get(contribution.pk, 0))}
            for contribution in followed
        ],
    }


def _my_row(contribution: Contribution) -> dict[str, Any]:
    state = contribution.state
    shown = state == Contribution.State.PUBLISHED
    idea = contribution.kind == Contribution.Kind.IDEA
    waits = _("Waits for a moderator")
    plain = {Contribution.State.PENDING: waits, Contribution.State.HELD: waits}
    words = plain.get(Contribution.State(state), "") or ("" if shown else talk.gone_words(contribution))
    return {
        "title": rows.title_of(contribution),
        "url": ways.to(contribution) if shown else "",
        "lang": contribution.language,
        "badge": "hand" if idea else "say",
        "text": words,
        "meta": [
            {
                "icon": "people",
                "text": contribution.consultation.title,
                "lang": contribution.consultation.language,
            }
        ],
    }


def tags_of(request: HttpRequest, contribution: Contribution) -> dict[str, Any] | None:
    """The tags of an idea, for whoever reads it apart from its page."""
    idea = getattr(contribution, "idea", None) if contribution.kind == Contribution.Kind.IDEA else None
    tags = list(idea.tags.all()) if idea else []
    return {"tags": tags} if tags else None


slots.put("masthead.doors", template="ideas/_door.html", order=20)
slots.put("contribution.actions", template="ideas/_actions.html", order=10, context=actions)
slots.put("consultation.parts", template="ideas/_newest.html", order=20, context=newest_here)
slots.put("account.home", template="ideas/_mine.html", order=20, context=mine)
slots.put("contribution.beside", template="ideas/_tags.html", order=10, context=tags_of)

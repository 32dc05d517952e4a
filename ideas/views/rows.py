"""How ideas stand in lists: the values of the design's rows; one query counts the talk below all of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Contribution
from design.words import number
from ideas import threads, wording
from ideas.models import Idea
from ideas.permissions import is_open_for_comments
from ideas.views import ways

STATUS_TAGS = {
    Idea.Status.TAKEN_UP: "official",
    Idea.Status.CARRIED_OUT: "done",
    Idea.Status.NOT_TAKEN_UP: "rest",
}


def idea_of(contribution: Contribution) -> Idea:
    """Its row in this room; one that came without a title is called by its first line."""
    found = getattr(contribution, "idea", None)
    return found or Idea(contribution_id=contribution.pk, title=wording.title_of(contribution.text))


def title_of(contribution: Contribution) -> str:
    """What an idea is called; for a comment, its first words."""
    if contribution.kind == Contribution.Kind.IDEA:
        return idea_of(contribution).title or _("An idea without words")
    return Truncator(" ".join(contribution.text.split())).chars(80)


def body_of(contribution: Contribution) -> str:
    """The words below the title."""
    return wording.body_of(idea_of(contribution).title, contribution.text)


def text_below(contribution: Contribution) -> str:
    """What is said: below its title for an idea, all of a comment."""
    return body_of(contribution) if contribution.kind == Contribution.Kind.IDEA else contribution.text


def comments(count: int) -> str:
    """How many comments, in words."""
    return ngettext("%(number)s comment", "%(number)s comments", count) % {"number": number(count)}


def vote_of(
    contribution: Contribution, now: Any, *, person: Any, pressed: bool, come_back: str
) -> dict[str, Any]:
    """The inputs of the design's vote: a button for who is signed in, a link for who is not.

    Where nothing can be supported (it is closed, or one's own) it is the count alone.
    """
    own = person is not None and contribution.participant.person_id == person.pk
    if own or not is_open_for_comments(contribution, now):
        return {"count": contribution.support_count, "closed": True, "pressed": pressed, "own": own}
    found = {"count": contribution.support_count, "about": title_of(contribution), "pressed": pressed}
    if person is not None:
        found["action"] = ways.to_support(contribution, pressed=pressed, come_back=come_back)
    else:
        found["url"] = ways.to_support(contribution)
    return found


def rows(
    contributions: Iterable[Contribution],
    now: Any,
    *,
    titles: dict[int, tuple[str, str]] | None = None,
    person: Any = None,
    supported: set[int] | None = None,
    come_back: str = "",
) -> list[dict[str, Any]]:
    """Each idea as the design's row wants it.

    `titles` are those of consultations with their language, where it is worth saying.
    """
    supported, titles, found = supported or set(), titles or {}, []
    contributions = list(contributions)
    talk = threads.counts([contribution.pk for contribution in contributions])
    for contribution in contributions:
        idea = idea_of(contribution)
        meta = [
            {"icon": "user", "text": contribution.participant.pseudonym},
            {"icon": "say", "text": comments(talk.get(contribution.pk, 0))},
        ]
        if contribution.consultation_id in titles:
            title, language = titles[contribution.consultation_id]
            meta.append({"icon": "people", "text": title, "lang": language})
        meta += [{"icon": "info", "text": words} for words in counted_elsewhere(contribution)]
        found.append(
            {
                "title": title_of(contribution),
                "url": ways.to(contribution),
                "lang": contribution.language,
                "text": Truncator(" ".join(body_of(contribution).split())).chars(200),
                "tag": idea.get_status_display() if idea.status in STATUS_TAGS else "",
                "tag_kind": STATUS_TAGS.get(Idea.Status(idea.status), ""),
                "meta": meta,
                "vote": vote_of(
                    contribution,
                    now,
                    person=person,
                    pressed=contribution.pk in supported,
                    come_back=come_back,
                ),
            }
        )
    return found


def counted_elsewhere(contribution: Contribution) -> list[str]:
    """Votes that another system counted, each with its label and its source."""
    return [
        _("%(number)s %(label)s, counted by %(source)s")
        % {"number": number(count.number), "label": count.label, "source": count.source}
        for count in contribution.imported_counts.all()
    ]

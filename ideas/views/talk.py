"""How a thread stands on a page: the values of the design's talk, walked without recursion of our own."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from consultations import reasons
from consultations.models import Contribution
from ideas.threads import Remark
from ideas.views import ways

LONGEST_SHOWN = 1500
State = Contribution.State


def items(remarks: list[Remark]) -> list[dict[str, Any]]:
    """Each remark with its replies, as `components/talk.html` wants them."""
    top: list[dict[str, Any]] = []
    waiting = [(remark, top) for remark in reversed(remarks)]
    while waiting:
        remark, place = waiting.pop()
        item = _item(remark)
        place.append(item)
        waiting.extend((reply, item["replies"]) for reply in reversed(remark.replies))
    return top


def _item(remark: Remark) -> dict[str, Any]:
    contribution = remark.contribution
    found: dict[str, Any] = {"anchor": anchor(contribution), "replies": []}
    if not remark.shown:
        return found | {"gone": gone_words(contribution)}
    text = contribution.text
    long = len(text) > LONGEST_SHOWN
    found |= {
        "who": contribution.participant.pseudonym,
        "when": contribution.published_at,
        "text": Truncator(text).chars(LONGEST_SHOWN) if long else text,
        "lang": contribution.language,
        "official": contribution.official,
        "thing": contribution,
    }
    if long:
        found["acts"] = [
            {"url": ways.to(contribution), "label": _("Read it whole"), "about": _("the comment")}
        ]
    if remark.to is not None:
        found["to"] = _to_words(remark.to)
    return found


def _to_words(above: Contribution) -> str:
    if above.state != State.PUBLISHED:
        return _("to a comment that is gone")
    return _("to %(name)s") % {"name": above.participant.pseudonym}


def anchor(contribution: Contribution) -> str:
    """The id of a comment on its page."""
    return f"c-{contribution.key.hex[:12]}"


def gone_words(contribution: Contribution) -> str:
    """What stands where words stood: why they are gone, and since when."""
    idea = contribution.kind == Contribution.Kind.IDEA
    if contribution.state == State.WITHDRAWN:
        return _("Its writer took this idea back.") if idea else _("Its writer took this comment back.")
    if contribution.state in State.awaiting_decision():
        return _("A moderator looks at this again.")
    reason = reasons.words(contribution.reason)
    day = _day(contribution.decided_at)
    if not day:
        return _("Comment removed. %(reason)s.") % {"reason": reason.rstrip(".")}
    words = (
        _("This idea was removed on %(day)s. %(reason)s.")
        if idea
        else _("Comment removed on %(day)s. %(reason)s.")
    )
    return words % {"day": day, "reason": reason.rstrip(".")}


def _day(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y") if at else ""

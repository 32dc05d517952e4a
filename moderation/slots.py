"""What this room shows in places that lower templates name."""

from typing import Any

from django.http import HttpRequest

from consultations.models import Contribution
from foundation import slots
from foundation.keyed import address_of
from moderation.views import appeal


def flag(request: HttpRequest, contribution: Contribution) -> dict[str, Any] | None:
    """The way to flag it, beside what people said; asks the database nothing when the hall's rows are joined."""
    if contribution.official or contribution.state != Contribution.State.PUBLISHED:
        return None
    return {
        "url": address_of("moderation:flag", contribution.key),
        "about": contribution.participant.pseudonym,
    }


slots.put("foot.your_rights", template="moderation/_foot.html", order=40, same=True)
slots.put("contribution.actions", template="moderation/_flag.html", order=90, context=flag)
slots.put("contribution.foot", template="moderation/_flag.html", order=90, context=flag)
slots.put("voice.refused", template="moderation/_appeal.html", order=10, context=appeal.way)
slots.put("voice.parts", template="moderation/_appeals.html", order=10, context=appeal.written)

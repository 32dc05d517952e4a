"""The room's door: cases, flags, alarms, and what the ombuds moderator decides."""

from moderation.services.cases import (
    Bulk,
    Context,
    Round,
    check_choice,
    claim,
    decide,
    decide_many,
    drop,
    findings,
    look,
    open_case,
    release,
    reopen,
    run_due,
)
from moderation.services.danger import (
    end_alarm,
    raise_alarm,
    raise_by_moderator,
    raise_by_stranger,
    screen_response,
)
from moderation.services.erase import forget
from moderation.services.flags import flag, threshold
from moderation.services.reviews import appeal, is_drawn, open_review, review

__all__ = [
    "Bulk",
    "Context",
    "Round",
    "appeal",
    "check_choice",
    "claim",
    "decide",
    "decide_many",
    "drop",
    "end_alarm",
    "findings",
    "flag",
    "forget",
    "is_drawn",
    "look",
    "open_case",
    "open_review",
    "raise_alarm",
    "raise_by_moderator",
    "raise_by_stranger",
    "release",
    "reopen",
    "review",
    "run_due",
    "screen_response",
    "threshold",
]

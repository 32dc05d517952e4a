"""What the room reads: the desks, one contribution, and the public figures."""

from moderation.queries.desk import after, case_of, desk, find_missing, must_be_seen, said_before
from moderation.queries.figures import Figures, figures
from moderation.queries.ombuds import alarm_of, alarms, review_of, reviews
from moderation.queries.words import (
    appeal_against,
    appeals_of,
    can_be_appealed,
    flag_of,
    flags_since,
    is_settled,
    unscreened,
)

__all__ = [
    "Figures",
    "after",
    "alarm_of",
    "alarms",
    "appeal_against",
    "appeals_of",
    "can_be_appealed",
    "case_of",
    "desk",
    "figures",
    "find_missing",
    "flag_of",
    "flags_since",
    "is_settled",
    "must_be_seen",
    "review_of",
    "reviews",
    "said_before",
    "unscreened",
]

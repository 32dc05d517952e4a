"""The room's rows: cases and decisions, flags of readers, alarms, and what the ombuds moderator looks at."""

from moderation.models.cases import Case, CaseQuerySet, Decision, is_free
from moderation.models.flags import Alarm, Flag
from moderation.models.reviews import Draw, Review

__all__ = ["Alarm", "Case", "CaseQuerySet", "Decision", "Draw", "Flag", "Review", "is_free"]

"""This room's settings, each with its default; a place that differs sets the name in its settings."""

from datetime import timedelta

from django.conf import settings

PROMISE = timedelta(hours=24)
"""What waits longer stands in the public backlog, whatever an agency promises."""


def flags_to_look_again() -> int:
    """FLAGS_TO_LOOK_AGAIN: so many readers' flags bring what was decided back to the desk; each look doubles it."""
    return max(1, int(getattr(settings, "FLAGS_TO_LOOK_AGAIN", 3)))


def flags_per_person_and_hour() -> int:
    """FLAGS_PER_PERSON_AND_HOUR: how many things one reader can flag in an hour."""
    return int(getattr(settings, "FLAGS_PER_PERSON_AND_HOUR", 20))


def alarms_per_network_and_hour() -> int:
    """ALARMS_PER_NETWORK_AND_HOUR: how often danger can be told from one network by readers who are not signed in."""
    return int(getattr(settings, "ALARMS_PER_NETWORK_AND_HOUR", 30))


def reviewed_unasked_percent() -> int:
    """REVIEWED_UNASKED_PERCENT: so many of a hundred rejections go to the ombuds moderator unasked."""
    return int(getattr(settings, "REVIEWED_UNASKED_PERCENT", 5))


def appeal_days() -> int:
    """APPEAL_DAYS: within how many days the ombuds moderator decides."""
    return int(getattr(settings, "APPEAL_DAYS", 14))


def emergency_number() -> str:
    """EMERGENCY_NUMBER: whom to call when somebody's life is in danger."""
    return str(getattr(settings, "EMERGENCY_NUMBER", "112"))

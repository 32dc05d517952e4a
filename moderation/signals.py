"""What moderation announces, always after it is committed. Each is a nudge; the rows are the record."""

from django.dispatch import Signal

alarm_raised = Signal()
"""Somebody's life may be in danger, and a person must look now: `alarm`."""
review_opened = Signal()
"""An author appealed to the ombuds moderator: `review`. Not sent for what was drawn by chance."""
review_decided = Signal()
"""The ombuds moderator decided: `review`."""

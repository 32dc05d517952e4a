"""What the hall announces, always after it is committed. Each is a nudge; the rows are the record."""

from django.dispatch import Signal

consultation_announced = Signal()
"""An approved page was registered for the first time: `consultation`."""
consultation_opened = Signal()
"""It is open now: `consultation`."""
consultation_closed = Signal()
"""It is closed now: `consultation`."""
consultation_withdrawn = Signal()
"""It was taken back by two people: `consultation`."""
response_submitted = Signal()
"""A response came in: `response`."""
contribution_submitted = Signal()
"""Words came in that a moderator must see: `contribution`."""
contribution_published = Signal()
"""A contribution may be read: `contribution`."""
contribution_rejected = Signal()
"""A contribution was not published: `contribution`, `reason: str`."""
contribution_withdrawn = Signal()
"""A contribution is gone: taken back, removed or gone at its origin: `contribution`."""
outcome_drafted = Signal()
"""An outcome was drafted of what was understood; it may be the second: `outcome`."""
outcome_published = Signal()
"""An approved outcome was released for the first time: `outcome`."""
batch_taken_in = Signal()
"""Many voices came in at once: `batch`."""

"""What this room announces, after it is committed. Each is a nudge; the rows are the record."""

from django.dispatch import Signal

followed_idea_news = Signal()
"""Something new stands below an idea that people follow: `idea` (the row), `contribution` (what is new).

Who follows is asked of `ideas.queries.followers`, for letters alone.
"""

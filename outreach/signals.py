"""What outreach announces, always after it is committed."""

from django.dispatch import Signal

post_sent = Signal()
"""A part of a post stands on a network: `delivery`. For a newsletter once for each wording."""

"""What outreach announces, always after it is committed."""

from django.dispatch import Signal

post_waits = Signal()
"""A post was sent for approval: `post`."""
account_fell_ill = Signal()
"""An account does not work any more: `account`. Once for each illness."""
post_sent = Signal()
"""A part of a post stands on a network: `delivery`. For a newsletter once for each wording."""

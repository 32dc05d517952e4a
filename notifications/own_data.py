"""What of this room a person can take with them."""

from accounts.download import give

give("notifications.Letter", of="person", without=("sealed", "message_id", "fence", "lease_until"))
give("notifications.Preference", of="person")

"""What the threshold shows at the end of the masthead: the way in, or to one's own page."""

from foundation import slots

slots.put("masthead.me", template="accounts/_me.html", order=90)

"""What search shows at the end of the masthead: the way to it."""

from foundation import slots

slots.put("masthead.me", template="search/_me.html", order=10)

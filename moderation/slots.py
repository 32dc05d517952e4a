"""What this room shows in places that lower templates name."""

from foundation import slots

slots.put("foot.columns", template="moderation/_foot.html", order=40)

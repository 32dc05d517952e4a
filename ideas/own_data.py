"""What of this room a person can take with them."""

from accounts.download import give

give("ideas.Idea", of="contribution__participant__person")
give("ideas.TaggedIdea", of="content_object__contribution__participant__person")

"""What of this room a person can take with them."""

from accounts.download import give, keep_back

give("ideas.Idea", of="contribution__participant__person")
give("ideas.TaggedIdea", of="content_object__contribution__participant__person")
give("ideas.Follow", of="person")
keep_back("ideas.Follow.idea", "that somebody follows an idea belongs to who follows, not to its author")

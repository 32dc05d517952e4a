"""What of this room a person can take with them."""

from django.utils.translation import gettext_lazy as _

from accounts.download import give, keep_back

give("ideas.Idea", of="contribution__participant__person")
give("ideas.TaggedIdea", of="content_object__contribution__participant__person")
give("ideas.Follow", of="person")
keep_back("ideas.Follow.idea", _("that somebody follows an idea is theirs who follows, not its author's"))

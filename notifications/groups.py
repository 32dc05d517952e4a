"""The groups of letters that people choose by. Codes, receipts and duties are not among them: they always come."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, Promise] = {
    "outcomes": _("Answers: how your words were read, and what became of something in which you took part"),
    "decisions": _("Decisions: what a moderator decided about your words"),
    "replies": _("Replies to your ideas and comments, and what is new below ideas that you follow"),
}
ALWAYS = ("codes", "receipts", "duties")
DIGEST = "digest"
"""The letter that gathers others. It comes when one asked for it, or when more came up than one wants in a week."""

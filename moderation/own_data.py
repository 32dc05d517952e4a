"""What of this room a person can take with them."""

from accounts.download import give, keep_back
from moderation.models import Review

give("moderation.Flag", of="person")
give(
    "moderation.Review",
    of=lambda person: Review.objects.filter(contribution__participant__person=person, source="appeal"),
    without=("by",),
)

keep_back("moderation.Case.contribution", "the verdict and its reason stand with the contribution")
keep_back("moderation.Case.claimed_by", "work of a moderator")
keep_back("moderation.Flag.contribution", "a report by somebody else, who is not named to the author")
keep_back("moderation.Alarm.contribution", "a sign to moderators; the verdict stands with the contribution")
keep_back("moderation.Decision.by", "work of a moderator")
keep_back("moderation.Review.by", "work of an ombuds moderator")
keep_back("moderation.Alarm.ended_by", "work of a moderator")

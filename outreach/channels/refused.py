"""A channel that refuses everything: for drills, and for seeing what a refusal looks like at the desk."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.http import Refused
from outreach.channels import register
from outreach.channels.base import Attempt, Basic, Caps, Part, Receipt, Verified


class Always(Basic):
    """Nothing ever goes out here, and each time it says so."""

    key = "refused"
    label = _("Always refuses (for drills)")
    caps = Caps(
        limit=None,
        counts=_("any length"),
        can_find=True,
        verified=Verified(how=Verified.OURS, by="itself", source="", on=date(2026, 11, 21)),
    )

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        raise Refused(422, gettext("This channel refuses everything. It is for drills."))

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        return None


register(Always())

"""A role was given: to whoever holds it now, with what it means and who can take it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.queries import current
from consultations.views import words
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter


class Appointed:
    """To the person alone, as long as they hold the role. It cannot be stopped: it is about their account."""

    key: ClassVar[str] = "appointed"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        held = current().filter(pk=letter.facts.get("membership"), person_id=letter.person_id or 0)
        membership = held.select_related("agency").first()
        if membership is None:
            return None
        facts = {
            "role": membership.get_role_display(),
            "agency": membership.agency.name if membership.agency else "",
            "day": words.day(membership.since),
        }
        if membership.agency is not None:
            subject = _("You have a role: %(role)s, %(agency)s")
            said = [
                says(_("Since %(day)s you hold the role “%(role)s” for %(agency)s.") % facts),
                says(_("As long as you hold it you cannot take part as a citizen in what this agency asks.")),
            ]
        else:
            subject = _("You have a role at the centre: %(role)s")
            said = [
                says(_("Since %(day)s you hold the role “%(role)s” at the centre, for all agencies.") % facts)
            ]
        return Words(
            subject=subject % facts,
            parts=[
                *said,
                says(
                    _("Platform administrators give roles and can take them back. Each time is written down.")
                ),
                says(
                    _(
                        "The desk needs a second factor, an authenticator app or a passkey. "
                        "You are asked to set one up when you sign in there."
                    )
                ),
                goes(_("Sign in at the desk"), here("accounts:desk")),
                says(_("If you did not expect this role, tell a platform administrator.")),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for membership in (
            current().filter(since__gte=now - conf.LOOKS_BACK).select_related("person").order_by("pk")
        ):
            yield due(membership)


def due(membership: Membership) -> Due:
    """The one letter about a role that was given."""
    return Due(
        thing=f"membership:{membership.pk}",
        person=membership.person_id,
        language=language_of(membership.person.language),
        facts={"membership": membership.pk},
    )


letters.register(Appointed())

"""An author appealed: to the ombuds moderators, outside the agency."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.utils.translation import gettext as _

from accounts.queries import centre, is_member
from accounts.roles import Role
from consultations.views import words
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter


class AppealWaits:
    """What chance drew brings no letter: it lies on the desk."""

    key: ClassVar[str] = "appeal_waits"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        found = _waiting().filter(pk=letter.facts.get("review")).select_related("agency").first()
        if found is None:
            return None
        return Words(
            subject=_("An appeal waits for you"),
            parts=[
                says(
                    _("Somebody appeals against a decision of %(agency)s. You promised an answer by %(day)s.")
                    % {"agency": found.agency, "day": words.day(found.due_at)}
                ),
                goes(_("Read it"), here("moderation_appeal", found.pk)),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for review in _waiting().filter(opened_at__gte=now - conf.LOOKS_BACK).order_by("pk"):
            yield from owed(review)


def owed(review: Any) -> Iterable[Due]:
    """A letter to each ombuds moderator who does not work for the agency."""
    for person in centre(Role.OMBUDS).order_by("pk"):
        if not is_member(person, review.agency_id):
            yield Due(
                thing=f"review:{review.pk}",
                person=person.pk,
                language=language_of(person.language),
                facts={"review": review.pk},
            )


def _waiting() -> Any:
    """Appeals that are not decided; none where that room is not installed."""
    if not apps.is_installed("moderation"):
        return Letter.objects.none()
    return apps.get_model("moderation", "Review").objects.waiting().appeals()


letters.register(AppealWaits())

"""Somebody's life may be in danger: at once, to whoever is on duty; it goes before all other letters."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.queries import centre, members
from accounts.roles import Role
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter


class Danger:
    """To duty officers of the agency; where it has none, to its moderators; else to the centre. Words stay here."""

    key: ClassVar[str] = "danger"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        found = _open().filter(pk=letter.facts.get("alarm")).select_related("agency").first()
        if found is None:
            return None
        return Words(
            subject=_("Read at once: somebody's life may be in danger"),
            parts=[
                says(
                    _("Somebody wrote to %(agency)s, and a life may be in danger.") % {"agency": found.agency}
                ),
                goes(_("Read it now"), here("moderation_alarm", found.pk)),
                says(
                    _("If it is so, call %(number)s and say what you know. Then write down what you did.")
                    % {"number": settings.EMERGENCY_NUMBER}
                ),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for alarm in _open().select_related("agency").order_by("pk"):
            yield from owed(alarm)


def owed(alarm: Any) -> Iterable[Due]:
    """A letter to each who can look, the first group that is there."""
    for person in on_duty(alarm.agency):
        yield Due(
            thing=f"alarm:{alarm.pk}",
            person=person.pk,
            language=language_of(person.language),
            facts={"alarm": alarm.pk},
            first=True,
        )


def on_duty(agency: Any) -> list[Person]:
    """Whom an alarm reaches: never nobody, as long as anybody is there."""
    for found in (
        members(agency, Role.DUTY_OFFICER),
        members(agency, Role.MODERATOR),
        centre(Role.OMBUDS, Role.PLATFORM_ADMIN),
    ):
        people = list(found.order_by("pk"))
        if people:
            return people
    return []


def _open() -> Any:
    """Alarms that nobody has answered; none where that room is not installed."""
    if not apps.is_installed("moderation"):
        return Letter.objects.none()
    return apps.get_model("moderation", "Alarm").objects.unanswered()


letters.register(Danger())

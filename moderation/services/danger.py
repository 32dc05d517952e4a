"""Danger to somebody's life: a person is told at once, and a person answers. Nothing else is decided by it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.verification import limits
from consultations.models import Contribution, Response
from consultations.permissions import can_moderate
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState
from moderation import conf, queries, signals
from moderation.models import Alarm, Case
from moderation.permissions import can_answer
from moderation.screens import Context, screens

A_ROUND = 1000
KEY = "danger"
ALARMS_FROM_NETWORK = limits.Limit(
    "alarm_from_network",
    conf.alarms_per_network_and_hour,
    gettext_lazy(
        "This was told very often from your network. Call for help by telephone, or try at %(time)s."
    ),
)


def sounds_dangerous(text: str, language: str) -> bool:
    """Does the automatic check see a danger to somebody's life in these words?"""
    return bool(screens[KEY].look(text, Context(language=language)))


def raise_alarm(contribution: Contribution, *, source: str, by: int | None, now: datetime) -> Alarm:
    """Tells whoever is on duty, at once; of many who raise it together there is one open alarm."""
    with transaction.atomic():
        alarm = Alarm.objects.unanswered().filter(contribution=contribution.pk).first()
        if alarm is not None:
            return alarm
        try:
            with transaction.atomic():
                alarm = Alarm.objects.create(
                    contribution=contribution,
                    agency_id=contribution.consultation.agency_id,
                    source=source,
                    raised_at=now,
                )
        except IntegrityError:
            return Alarm.objects.unanswered().get(contribution=contribution.pk)
        audit.write("alarm.raised", by=by, thing=f"alarm:{alarm.pk}", source=source)
        announce(signals.alarm_raised, alarm=alarm)
    return alarm


def raise_by_moderator(case: Case, *, by: Person, now: datetime) -> Alarm:
    """A moderator saw it. Raises NotAllowed for anybody else."""
    if not can_moderate(by, case.agency_id):
        raise NotAllowed(_("Only moderators of the agency that asks decide here."))
    return raise_alarm(case.contribution, source=Alarm.Source.MODERATOR, by=by.pk, now=now)


def raise_by_stranger(contribution: Contribution, *, network: str, now: datetime) -> Alarm:
    """Somebody who is not signed in saw it. Raises TooMany in a rush from one network."""
    limits.count(ALARMS_FROM_NETWORK, network, now=now)
    return raise_alarm(contribution, source=Alarm.Source.READER, by=None, now=now)


def end_alarm(alarm: Alarm, *, by: Person, ending: str, now: datetime) -> Alarm:
    """A person says what they did; once. What is shown is decided on the case, not here.

    Raises NotAllowed for anybody but duty officers and moderators of the agency, BadInput for an ending that is not
    on the list, WrongState when somebody was faster.
    """
    if not can_answer(by, alarm.agency_id):
        raise NotAllowed(_("Duty officers and moderators of the agency answer alarms."))
    if ending not in Alarm.Ending.values:
        raise BadInput(_("Choose what was done."))
    with transaction.atomic():
        row = Alarm.objects.unanswered().filter(pk=alarm.pk)
        if not row.update(ended_at=now, ending=ending, ended_by=by.pk):
            raise WrongState(_("Somebody has answered this alarm meanwhile."))
        audit.write("alarm.ended", by=by.pk, thing=f"alarm:{alarm.pk}", ending=ending)
    alarm.refresh_from_db()
    return alarm


def screen_response(response: Response, *, now: datetime) -> int:
    """Looks at all words of a response, also at those that are only counted; says how many alarms it raised."""
    rows = response.contributions.select_related("consultation").filter(official=False)
    return sum(_screened(row, now) for row in rows)


def screen_due(now: datetime) -> int:
    """The same for words of the last quarter of an hour that open no case, whose nudge was lost."""
    rows = queries.unscreened(now, now - timedelta(minutes=15))
    return sum(_screened(row, now) for row in rows[:A_ROUND])


def _screened(contribution: Contribution, now: datetime) -> bool:
    if not sounds_dangerous(contribution.text, contribution.language):
        return False
    raise_alarm(contribution, source=Alarm.Source.SCREEN, by=None, now=now)
    return True

"""Moments and states in words: how long is left, how late it is, where a consultation stands."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Consultation
from foundation import clock

SOON = 6
LAST_DAYS = 3


def day(moment: datetime | date) -> str:
    """A day as people say it: 30 November 2026."""
    return date_format(_local(moment), "j F Y")


def short_day(moment: datetime | date) -> str:
    """A day in little room: 30 Nov 2026."""
    return date_format(_local(moment), "j M Y")


def minute(moment: datetime) -> str:
    """A day with its time: 30 November 2026, 18:00."""
    return _("%(day)s, %(time)s") % {"day": day(moment), "time": date_format(localtime(moment), "H:i")}


def days_left(consultation: Consultation, now: datetime) -> str:
    """How long one can still answer."""
    left = consultation.days_left(now)
    if left <= 1:
        return _("Last hours: until %(moment)s") % {"moment": minute(consultation.closes_at)}
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


def days_late(days: int) -> str:
    """How long something is over its day."""
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def timing(promised: date, kept: datetime) -> str:
    """How an answer stands to the day that was promised for it."""
    days = (promised - clock.day(kept)).days
    if days == 0:
        return _("on the promised day")
    if days > 0:
        return ngettext("%(days)d day early", "%(days)d days early", days) % {"days": days}
    return days_late(-days)


def tag_of(consultation: Consultation, now: datetime) -> tuple[str, str]:
    """The state of a consultation in one or two words, and the kind of its tag."""
    state = consultation.state(now)
    if state == "open":
        left = consultation.days_left(now)
        if left > SOON:
            return _("Open for answers"), "people"
        words = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
        return words, "urgent" if left <= LAST_DAYS else "people"
    if state == "overdue":
        late = (clock.day(now) - consultation.answer_due_on).days
        return days_late(max(1, late)), "urgent"
    return {
        "upcoming": (_("Not open yet"), "rest"),
        "closed": (_("Being weighed"), "official"),
        "answered": (_("Answered"), "done"),
        "withdrawn": (_("Withdrawn"), "rest"),
    }[state]


def leaf_of(consultation: Consultation, now: datetime) -> dict[str, Any]:
    """The date that leads a row: what comes next in the life of the consultation."""
    state = consultation.state(now)
    if state == "upcoming":
        return {"date": localtime(consultation.opens_at), "date_label": _("Opens"), "soon": False}
    if state == "open":
        soon = consultation.closes_at - now <= timedelta(days=SOON)
        return {"date": localtime(consultation.closes_at), "date_label": _("Closes"), "soon": soon}
    if state == "answered" and consultation.answered_at:
        return {"date": localtime(consultation.answered_at), "date_label": _("Answered"), "soon": False}
    return {"date": consultation.answer_due_on, "date_label": _("Answer promised by"), "soon": False}


def _local(moment: datetime | date) -> datetime | date:
    return localtime(moment) if isinstance(moment, datetime) else moment

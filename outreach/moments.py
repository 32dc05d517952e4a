"""What a post about a consultation says of the moment: a sentence that is true when the post is worded."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consultations.models import Consultation

SOON = timedelta(days=3)
"""So long before the close it “closes soon”."""


def sentence(consultation: Consultation, now: datetime) -> str:
    """One sentence in the language that is active: it opens, is open, closes soon, has closed, is answered …"""
    state = consultation.state(now)
    if state == "open" and consultation.closes_at - now <= SOON:
        state = "closes soon"
    words = {
        "upcoming": _("You can answer from %(opens)s until %(closes)s."),
        "open": _("You can answer until %(closes)s."),
        "closes soon": _("It closes soon: you can answer until %(closes)s."),
        "closed": _("It closed on %(closes)s. The answer is promised by %(due)s."),
        "overdue": _("It closed on %(closes)s. The answer was promised by %(due)s and is late."),
        "answered": _("It closed on %(closes)s, and the answer is there."),
        "withdrawn": _("It was withdrawn, and the page says why."),
    }
    return words[state] % {
        "opens": _day(localtime(consultation.opens_at)),
        "closes": _day(localtime(consultation.closes_at)),
        "due": _day(consultation.answer_due_on),
    }


def _day(moment: date) -> str:
    return date_format(moment, "DATE_FORMAT")

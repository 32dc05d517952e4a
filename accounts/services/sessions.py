"""Ending sessions."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import Person


def close_sessions(person: Person, *, now: datetime, keep: str | None = None) -> int:
    """Sign a person out in every browser but the one of the session key `keep`; says in how many.

    Looks through all live sessions, as their rows do not say whose they are. An erased person's are
    worthless already: the password mark in them no longer fits.
    """
    live = Session.objects.filter(expire_date__gt=now).exclude(pk=keep or "").iterator(chunk_size=500)
    theirs = [row.pk for row in live if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    closed = 0
    for begin in range(0, len(theirs), 500):
        closed += Session.objects.filter(pk__in=theirs[begin : begin + 500]).delete()[0]
    return closed

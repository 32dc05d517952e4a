"""Sessions: noting where somebody is signed in, and ending them."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import OpenSession, Person
from foundation import audit, clock
from foundation.errors import NotFound

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
"""What a User-Agent header holds, and what we say; the first that fits. No version, no address is kept."""


def browser_in_words(header: str) -> str:
    """ "Firefox, Linux" of a User-Agent header; empty where we cannot tell."""
    found = (
        next((words for sign, words in names.items() if sign in header), "") for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, found))


def note_session(request: HttpRequest, person: Person) -> None:
    """This browser's session stands in the person's list; done twice is no error."""
    if not request.session.session_key:
        request.session.save()
    words = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    row, made = OpenSession.objects.get_or_create(
        session_id=request.session.session_key,
        defaults={"person": person, "began_at": clock.now(), "browser": words},
    )
    if not made and row.person_id != person.pk:
        OpenSession.objects.filter(pk=row.pk).update(person=person, began_at=clock.now(), browser=words)


def renew_key(request: HttpRequest, person: Person) -> None:
    """A new session key after a step up; the session's place in the list stays."""
    before = OpenSession.objects.filter(session_id=request.session.session_key).first()
    request.session.cycle_key()
    note_session(request, person)
    if before is not None:
        now_there = OpenSession.objects.filter(session_id=request.session.session_key)
        now_there.update(began_at=before.began_at)


def end_session(person: Person, number: int) -> None:
    """Sign one's own browser out, wherever it is. Raises NotFound for one that is gone, or somebody else's."""
    row = OpenSession.objects.filter(pk=number, person=person).first()
    if row is None:
        raise NotFound(_("This session has ended already."))
    Session.objects.filter(pk=row.session_id).delete()
    audit.write("end session", by=person.pk, thing=f"person:{person.pk}")


def close_sessions(person: Person, *, now: datetime, keep: str | None = None) -> int:
    """Sign a person out in every browser but the one of the session key `keep`; says in how many.

    Looks through all live sessions, as a session that began in another way may stand in no list. An erased
    person's are worthless already: the password mark in them no longer fits.
    """
    live = Session.objects.filter(expire_date__gt=now).exclude(pk=keep or "").iterator(chunk_size=500)
    theirs = [row.pk for row in live if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    closed = 0
    for begin in range(0, len(theirs), 500):
        _rows, by_model = Session.objects.filter(pk__in=theirs[begin : begin + 500]).delete()
        closed += by_model.get("sessions.Session", 0)
    return closed

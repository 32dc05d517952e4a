"""The mark that a second factor was given in this session. It ends with the session, or after some hours."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

KEY = "second_factor"


def mark(session: SessionBase, person: Any, *, how: str, now: datetime) -> None:
    """Notes that this person gave a second factor here; `how` is the kind."""
    session[KEY] = {"person": person.pk, "at": now.isoformat(), "how": how}


def is_given(session: SessionBase, person: Any, *, now: datetime) -> bool:
    """Was it given in this session, by this person, at most SESSION_COOKIE_AGE seconds ago?"""
    found = session.get(KEY) or {}
    if not found or found.get("person") != getattr(person, "pk", None):
        return False
    age = now - datetime.fromisoformat(found["at"])
    return age < timedelta(seconds=settings.SESSION_COOKIE_AGE)


def forget(session: SessionBase) -> None:
    """It has to be given again."""
    session.pop(KEY, None)

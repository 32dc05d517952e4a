"""What the threshold hears: that somebody signed in, in whichever way, and that a code is to be sent as a text."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts.models import Person
from accounts.services.sessions import note_session
from accounts.services.texts import put_text
from accounts.signals import code_issued
from accounts.tasks import poke
from foundation import clock


def on_signed_in(request: HttpRequest, user: object, **_facts: Any) -> None:
    """The session stands in the person's list."""
    if isinstance(user, Person):
        note_session(request, user)


def on_code_issued(
    address: str, code: str, language: str, minutes: int, method: str = "email", **_facts: Any
) -> None:
    """Codes for mobile numbers are sent from here; letters are written by the room above."""
    if method == "sms":
        poke(put_text(address=address, code=code, language=language, minutes=minutes, now=clock.now()))


def listen() -> None:
    """Once, at the start."""
    code_issued.connect(on_code_issued, dispatch_uid="accounts.text_message")
    user_logged_in.connect(on_signed_in, dispatch_uid="accounts.note_session")

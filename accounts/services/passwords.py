"""Signing in at the desk with a name and a password: the first of two factors."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import needs_second_factor
from accounts.verification.limits import (
    WRONG_FROM_NETWORK,
    WRONG_PASSWORDS,
    count,
    forget_count,
    refuse_used_up,
)
from foundation import audit
from foundation.errors import BadInput


def check_password(request: HttpRequest, name: str, password: str, *, network: str, now: datetime) -> Person:
    """The official of this name and password.

    Counted before anything is hashed, for known and unknown names alike; the answer and the work are the same
    for a wrong name, a wrong password and an account without a desk. Raises BadInput, TooMany.
    """
    plain = name.strip()
    refuse_used_up(WRONG_FROM_NETWORK, network, now=now)
    count(WRONG_PASSWORDS, plain.casefold(), now=now)
    person = authenticate(request, username=plain, password=password)
    if not isinstance(person, Person) or not needs_second_factor(person):
        try:
            count(WRONG_FROM_NETWORK, network, now=now)
        finally:
            audit.write("wrong password", by=None, thing="desk")
        raise BadInput(_("Name and password do not fit. Please look again; capital letters count."))
    forget_count(WRONG_PASSWORDS, plain.casefold())
    audit.write("sign in", by=person.pk, thing=f"person:{person.pk}", method="password")
    return person

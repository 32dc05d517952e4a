"""Putting letters down: each of them once, however often one is nudged."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from accounts.verification.base import address_key, methods
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, language_of
from notifications.models import Letter
from notifications.sealing import seal

AT_ONCE = 500
TRIES = 5
CODE = "sign_in_code"


def put(occasion: str, owed: Iterable[Due], *, now: datetime) -> list[int]:
    """Puts down the letters that are not there yet; gives their keys.

    Safe to run twice and in parallel: the database keeps one letter a person about a thing.
    """
    keys: list[int] = []
    for some in _by(AT_ONCE, owed):
        about = Letter.objects.filter(
            occasion=occasion, thing__in={due.thing for due in some}, person__in={due.person for due in some}
        )
        there = set(about.values_list("thing", "person_id"))
        fresh = [
            Letter(occasion=occasion, thing=due.thing, person_id=due.person, **row_of(occasion, due, now))
            for due in some
            if (due.thing, due.person) not in there
        ]
        Letter.objects.bulk_create(fresh, ignore_conflicts=True)
        put_down = Letter.objects.filter(message_id__in=[row.message_id for row in fresh])
        keys += put_down.order_by("pk").values_list("pk", flat=True)
    return keys


def put_code(*, address: str, code: str, language: str, minutes: int, now: datetime) -> int:
    """Puts down the letter with a sign-in code, sealed; an older one to the same mailbox goes. Gives its key."""
    method = methods["email"]
    thing = address_key("email", method.canonical(address))
    sealed = seal({"address": address, "code": code, "minutes": minutes})
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                Letter.objects.filter(occasion=CODE, thing=thing, person=None).delete()
                row = Letter.objects.create(
                    occasion=CODE,
                    thing=thing,
                    sealed=sealed,
                    language=language_of(language),
                    message_id=_message_id(CODE, thing, hashlib.sha256(sealed.encode()).hexdigest()),
                    due_at=now - conf.CLOCKS_DIFFER,
                    created_at=now,
                    expires_at=now + timedelta(minutes=minutes),
                )
                return row.pk
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("the loop returns or raises")


def find_missing(now: datetime, occasion: str = "") -> int:
    """Puts down letters that should be there and are not; says how many. `occasion` looks for one kind alone."""
    return sum(
        len(put(key, letters[key].missing(now), now=now)) for key in ([occasion] if occasion else letters)
    )


def _by(size: int, owed: Iterable[Due]) -> Iterator[list[Due]]:
    rest = iter(owed)
    while some := list(islice(rest, size)):
        yield some


def row_of(occasion: str, due: Due, now: datetime) -> dict[str, Any]:
    """What is written of a letter that is owed, but for whose it is."""
    return {
        "facts": due.facts,
        "language": language_of(due.language),
        "message_id": _message_id(occasion, due.thing, str(due.person)),
        "due_at": now - (conf.GIVES_UP if due.first else conf.CLOCKS_DIFFER),
        "created_at": now,
        "expires_at": now + conf.GIVES_UP,
    }


def _message_id(occasion: str, thing: str, whom: str) -> str:
    """The same for each try of a letter; it says nothing about its reader."""
    digest = salted_hmac("notifications.letter", f"{occasion}:{thing}:{whom}", algorithm="sha256").hexdigest()
    return f"{occasion.replace('_', '-')}.{digest[:32]}"

"""Reads about letters: who wants them, what is stuck, how many there are of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from notifications.letters import letters
from notifications.models import Letter, Preference

WEEK = timedelta(days=7)


def wishes_of(person: int | None) -> Preference:
    """What this person wants; all of it at once for who never said anything."""
    if person is None:
        return Preference()
    return Preference.objects.filter(person_id=person).first() or Preference(person_id=person)


def wants_letters(person: int | None) -> bool:
    """Does this person want letters that can be stopped? Yes, until they say no."""
    return wishes_of(person).letters_wanted


def sent_this_week(person: int, now: datetime) -> int:
    """How many letters that can be stopped went to this person in the last seven days; a digest is one."""
    stoppable = [key for key, occasion in letters.items() if occasion.may_be_left]
    sent = Letter.objects.filter(person_id=person, occasion__in=stoppable, state=Letter.State.SENT)
    return sent.filter(sent_at__gt=now - WEEK, digest=None).count()


def refused_last(person: int) -> bool:
    """Did the mail server refuse the newest letter to this person that was tried?"""
    tried = Letter.objects.filter(person_id=person, state__in=[Letter.State.SENT, Letter.State.REFUSED])
    newest = tried.order_by("-pk").values_list("state", flat=True).first()
    return newest == Letter.State.REFUSED


def stuck_letters() -> "QuerySet[Letter]":
    """Letters that a person should look at, the oldest first."""
    return Letter.objects.stuck().order_by("created_at", "pk")


@dataclass(frozen=True)
class Total:
    """How many letters of one kind are in one state."""

    occasion: str
    state: str
    number: int


def totals() -> list[Total]:
    """How many letters there are, by kind and state."""
    rows = Letter.objects.order_by().values("occasion", "state").annotate(number=Count("pk"))
    return [Total(**row) for row in rows.order_by("occasion", "state")]

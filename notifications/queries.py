"""Reads about letters: who wants them, what is stuck, how many there are of each."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from notifications.models import Letter, Preference


def wants_letters(person: int | None) -> bool:
    """Does this person want letters that can be stopped? Yes, until they say no."""
    if person is None:
        return True
    return not Preference.objects.filter(person_id=person, letters_wanted=False).exists()


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

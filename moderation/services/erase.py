"""Erasing a person: what they wrote in flags and appeals goes, and the link to them is cut."""

from accounts.models import Person
from moderation.models import Flag, Review


def forget(person: Person) -> None:
    """In the erasure's own transaction, while the hall still knows which words were theirs. Counts stay."""
    Flag.objects.filter(person=person).update(words="")
    Flag.objects.filter(person=person).update(person=None)
    Review.objects.filter(contribution__participant__person=person).update(words="", answer="")

"""What this room hears from below."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from ideas.services import forget


@receiver(person_erased, dispatch_uid="ideas.forget")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure."""
    forget(person)

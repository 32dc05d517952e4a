"""What the hall hears from below: a person who is erased leaves no words and no link behind."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from consultations.services.erase import erase_traces


@receiver(person_erased, dispatch_uid="consultations.erase_traces")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure."""
    erase_traces(person)

"""What this room hears from below."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from consultations.models import Contribution
from consultations.signals import contribution_published
from ideas.services import forget, tell_followers


@receiver(contribution_published, dispatch_uid="ideas.tell_followers")
def on_contribution_published(contribution: Contribution, **_facts: Any) -> None:
    """A comment that can be read now is news for whoever follows the idea above it."""
    if contribution.kind == Contribution.Kind.COMMENT:
        tell_followers(contribution)


@receiver(person_erased, dispatch_uid="ideas.forget")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure."""
    forget(person)

"""What this room hears from below: words came in, words are gone, a person is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from consultations.models import Contribution, Response
from consultations.signals import contribution_submitted, contribution_withdrawn, response_submitted
from foundation import clock
from moderation.services import drop, forget, open_case, screen_response


@receiver(response_submitted, dispatch_uid="moderation.screen_response")
def on_response_submitted(response: Response, **_facts: Any) -> None:
    screen_response(response, now=clock.now())


@receiver(contribution_submitted, dispatch_uid="moderation.open_case")
def on_contribution_submitted(contribution: Contribution, **_facts: Any) -> None:
    open_case(contribution, now=clock.now())


@receiver(contribution_withdrawn, dispatch_uid="moderation.drop")
def on_contribution_withdrawn(contribution: Contribution, **_facts: Any) -> None:
    drop(contribution)


@receiver(person_erased, dispatch_uid="moderation.forget")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure."""
    forget(person)

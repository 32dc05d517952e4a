"""What this room hears from the hall: words came in, words are gone."""

from typing import Any

from django.dispatch import receiver

from consultations.models import Contribution
from consultations.signals import contribution_submitted, contribution_withdrawn
from foundation import clock
from moderation.services import drop, open_case


@receiver(contribution_submitted, dispatch_uid="moderation.open_case")
def on_contribution_submitted(contribution: Contribution, **_facts: Any) -> None:
    open_case(contribution, now=clock.now())


@receiver(contribution_withdrawn, dispatch_uid="moderation.drop")
def on_contribution_withdrawn(contribution: Contribution, **_facts: Any) -> None:
    drop(contribution)

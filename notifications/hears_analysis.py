"""What letters hear of what analysis read, where it is installed. A nudge: what is missed is found by the clock."""

from typing import Any

from django.dispatch import receiver

from consultations.signals import outcome_drafted
from notifications import tasks


@receiver(outcome_drafted, dispatch_uid="notifications.read_back")
def on_outcome_drafted(**_facts: Any) -> None:
    tasks.poke(tasks.find, "read_back")

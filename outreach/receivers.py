"""What outreach hears from below: each is a nudge; `services.run_due` finds what a lost one left behind."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from consultations.models import Consultation, Outcome
from consultations.signals import consultation_announced, outcome_published
from foundation import clock
from outreach import services


@receiver(consultation_announced, dispatch_uid="outreach.draft_of_consultation")
def on_consultation_announced(consultation: Consultation, **_facts: Any) -> None:
    """Nobody is invited to what is closed already."""
    now = clock.now()
    if not consultation.is_closed(now):
        services.prepare(consultation, by=None, now=now)


@receiver(outcome_published, dispatch_uid="outreach.draft_of_outcome")
def on_outcome_published(outcome: Outcome, **_facts: Any) -> None:
    services.prepare(outcome, by=None, now=clock.now())


@receiver(person_erased, dispatch_uid="outreach.forget_reader")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure, while the person's addresses are still there to be asked."""
    services.forget_reader(person)

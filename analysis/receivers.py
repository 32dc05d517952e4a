"""What analysis hears from below: a consultation has closed, so its voices can be read; a person is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import person_erased
from analysis import erase, read_backs
from analysis.services import COUNTING, THEMES, ask_for_run
from consultations.models import Consultation
from consultations.signals import consultation_closed, outcome_published
from foundation import clock
from foundation.errors import WrongState


@receiver(consultation_closed, dispatch_uid="analysis.begin")
def begin(consultation: Consultation, **_facts: Any) -> None:
    """Puts down one run of each engine, unless somebody has."""
    for engine in (COUNTING, THEMES):
        if not consultation.runs.filter(engine=engine).exists():
            try:
                ask_for_run(consultation, engine=engine, by=None, now=clock.now())
            except WrongState:
                continue


@receiver(person_erased, dispatch_uid="analysis.forget")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure, before the link to their words is cut."""
    erase.forget(person)


@receiver(outcome_published, dispatch_uid="analysis.count_read_backs")
def on_outcome_published(**_facts: Any) -> None:
    """From now on nobody answers any more whether they were read rightly."""
    read_backs.count_due(clock.now())

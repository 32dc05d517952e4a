"""What analysis hears from the hall: a consultation has closed, so its voices can be read."""

from typing import Any

from django.dispatch import receiver

from analysis.services import COUNTING, THEMES, ask_for_run
from consultations.models import Consultation
from consultations.signals import consultation_closed
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

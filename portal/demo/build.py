"""Builds the town in one transaction: whole, or not at all."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from accounts.models import Agency, Person
from accounts.roles import Role
from consultations.models import Consultation
from consultations.services import close_due, open_due
from portal import due
from portal.demo import answer, ask, say, tell, town
from portal.demo.plan import PLANS, key_of
from portal.demo.town import Step, Town

STEPS = 320
"""About how often `step` is called, for a progress bar."""


def stands() -> bool:
    """Is the town there already?"""
    return Consultation.objects.filter(translation_key=key_of(PLANS[0].key)).exists()


def is_empty() -> bool:
    """Does the database hold nobody and nothing yet?"""
    return not (Person.objects.exists() or Agency.objects.exists() or Consultation.objects.exists())


def build(*, now: datetime, step: Step) -> None:
    """Makes Nadipur as it stands at this moment; `step` is called with a few words after each act.

    Everything goes through the services, with people who may do it. What they announce is heard after the end, and
    what the clock would do is done once.
    """
    made = Town(now=now.replace(minute=0, second=0, microsecond=0), step=step)
    with translation.override("en"):
        with transaction.atomic():
            town.settle(made)
            town.introduce(made)
            tell.connect_accounts(made)
            for plan in PLANS:
                ask.ask(made, plan)
                open_due(made.day(min(plan.opens, 0)))
                say.answer(made, plan)
                say.talk(made, plan)
            _close_and_answer(made)
            _tell(made)
        step("letters and counts")
        due.run(key for key in due.KEYS if key != "clearsessions")


def _close_and_answer(made: Town) -> None:
    for plan in PLANS:
        if not plan.closed_early:
            continue
        ask.close_early(made, plan)
        close_due(made.day(plan.closes))
        run = answer.read(made, plan)
        if plan.key == "canal":
            outcome = answer.decide(made, plan, run)
            tell.tell_outcome(made, plan, outcome)


def _tell(made: Town) -> None:
    plans = {plan.key: plan for plan in PLANS}
    tell.tell_question(made, plans["buses"], second=made.who(plans["buses"].agency, Role.APPROVER))
    tell.tell_question(made, plans["steps"], second=None)
    ask.mend(made, plans["boats"])
    for closed in ("canal", "reading"):
        tell.leave_untold(made, plans[closed])

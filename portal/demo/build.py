"""Builds the town in one transaction: whole, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation

from accounts.models import Agency, Person
from consultations.models import Consultation
from foundation import clock
from foundation.announce import quietly
from notifications.models import Letter
from portal import due
from portal.demo import course, tell, town
from portal.demo.diary import Step
from portal.demo.plan import PLANS, Plan, key_of
from portal.demo.town import FOUNDED, Town

STEPS = 1770
"""About how often `step` is called, for a progress bar."""


def stands() -> bool:
    """Is the town there already?"""
    keys = [key_of(plan.key) for plan in PLANS]
    return Consultation.objects.filter(translation_key__in=keys).exists()


def is_empty() -> bool:
    """Does the database hold nobody and nothing yet?"""
    return not (Person.objects.exists() or Agency.objects.exists() or Consultation.objects.exists())


def build(*, now: datetime, step: Step, plans: Sequence[Plan] = PLANS) -> None:
    """Makes Nadipur as it stands at this moment; `step` is called with a few words after each act.

    Everything goes through the services, with people who may do it, in the order in which it happened. Nothing is
    announced meanwhile: what the clock would do is done once, at the end, and finds what there is to index and to
    write to people of the last days.
    """
    made = Town(now=now.replace(minute=0, second=0, microsecond=0), step=step)
    with translation.override("en"):
        with transaction.atomic(), quietly():
            town.settle(made)
            town.introduce(made)
            with clock.as_of(made.day(FOUNDED)):
                tell.connect_accounts(made)
            for plan in plans:
                course.lay_out(made, plan)
            made.diary.play(step)
            # What officials were told of in those days is long read: it is not sent today.
            Letter.objects.filter(expires_at__lte=now).delete()
        step("letters and counts")
        due.run(key for key in due.KEYS if key != "clearsessions")

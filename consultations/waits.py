"""What of the hall waits for editors and approvers."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.queries.waiting import consultations_to_answer, pages_to_approve
from foundation import clock
from foundation.desk import Waiting, tells


@tells
def waits(person: Any, now: datetime) -> list[Waiting]:
    """Pages to approve, and consultations to answer; each leads to the first of them."""
    pages = pages_to_approve(person)
    first = reverse("consultations_approve", args=[pages[0].pk]) if pages else ""
    asked = consultations_to_answer(person, now)
    late = sum(1 for row in asked if row.answer_due_on < clock.day(now))
    below = reverse("wagtailadmin_explore", args=[asked[0].page_id]) if asked else ""
    return [
        Waiting(_("Pages to approve"), len(pages), first),
        Waiting(_("Consultations to answer"), len(asked), below, overdue=late),
    ]

"""What of this room waits for whoever tends letters."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.desk import Waiting, tells
from notifications import queries
from notifications.permissions import can_tend_letters


@tells
def waits(person: Any, now: datetime) -> list[Waiting]:
    """Letters of which nobody knows whether they arrived, or that were refused."""
    stuck = queries.stuck_letters().count() if can_tend_letters(person) else 0
    return [Waiting(_("Letters that are stuck"), stuck, reverse("notifications_desk"), overdue=stuck)]

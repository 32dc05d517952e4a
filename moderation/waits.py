"""What of this room waits for a moderator."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.queries import agencies_of
from accounts.roles import Role
from foundation.desk import Waiting, tells
from moderation.models import Case


@tells
def waits(person: Any, now: datetime) -> list[Waiting]:
    """What lies on the desks of the agencies for which this person moderates."""
    mine = Case.objects.waiting().filter(agency__in=agencies_of(person, Role.MODERATOR))
    counted = mine.aggregate(number=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now)))
    return [Waiting(_("Words to moderate"), url=reverse("moderation_desk"), **counted)]

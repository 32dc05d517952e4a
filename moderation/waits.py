"""What of this room waits for a moderator, for whoever is on duty, and for the ombuds moderator."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.queries import agencies_of
from accounts.roles import Role
from foundation.desk import Waiting, tells
from moderation.models import Alarm, Case, Review
from moderation.permissions import ANSWERS_ALARMS, is_ombuds


@tells
def waits(person: Any, now: datetime) -> list[Waiting]:
    """Alarms, which are overdue from the first minute; cases of their agencies; appeals, for the ombuds moderator."""
    alarms = Alarm.objects.unanswered().filter(agency__in=agencies_of(person, *ANSWERS_ALARMS)).count()
    mine = Case.objects.waiting().filter(agency__in=agencies_of(person, Role.MODERATOR))
    counted = mine.aggregate(number=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now)))
    lines = [
        Waiting(_("Danger to life"), number=alarms, overdue=alarms, url=reverse("moderation_alarms")),
        Waiting(_("Words to moderate"), url=reverse("moderation_desk"), **counted),
    ]
    if is_ombuds(person):
        reviews = Review.objects.waiting()
        counted = reviews.aggregate(number=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=now)))
        lines.append(Waiting(_("Appeals and reviews"), url=reverse("moderation_appeals"), **counted))
    return lines

"""What of this room waits for an analyst."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.queries import agencies_of
from accounts.roles import Role
from analysis.queries import read_backs_for
from consultations.models import Consultation
from consultations.models.subjects import late
from foundation.desk import Waiting, tells


@tells
def waits(person: Any, now: datetime) -> list[Waiting]:
    """Consultations that closed and have neither an answer nor a draft of one; authors who were not read rightly."""
    closed = Consultation.objects.closed(now).filter(agency__in=agencies_of(person, Role.ANALYST))
    unread = closed.filter(answered_at__isnull=True, page__numchild=0)
    counted = unread.aggregate(number=Count("pk"), overdue=Count("pk", filter=late(now)))
    return [
        Waiting(_("Consultations to analyse"), url=reverse("analysis_index"), **counted),
        Waiting(
            _("Authors who meant something else"),
            number=read_backs_for(person).count(),
            url=reverse("analysis_read_backs"),
        ),
    ]

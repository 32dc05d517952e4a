"""What waits for an official in the hall: pages for a second person, consultations for their answer."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from wagtail.models import Page, TaskState

from accounts.models import Agency
from accounts.queries import agencies_of, has_role
from accounts.roles import Role
from consultations.models import AgencyPage, Consultation
from consultations.models.approved import KIND, SecondPersonTask, words_sha256
from foundation import approvals


def pages_to_approve(person: Any) -> list[Page]:
    """Pages that wait for a second person and can be this one's, the longest waiting first; in seven queries at most."""
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=SecondPersonTask.objects.values("pk")
    ).exclude(workflow_state__requested_by=person.pk)
    states = list(waiting.select_related("revision").order_by("started_at", "pk"))
    if not states:
        return []
    revisions = {int(state.revision.object_id): state.revision for state in states}
    pages = {page.pk: page for page in _seen_by(person).filter(pk__in=revisions)}
    things = {pk: f"{page.translation_key}:{page.locale_id}" for pk, page in pages.items()}
    words = {thing: words_sha256(revisions[pk].content) for pk, thing in things.items()}
    wrote = approvals.written_since_approval(KIND, words, person=person.pk)
    return [pages[pk] for pk in revisions if pk in things and things[pk] not in wrote]


def consultations_to_answer(person: Any, now: datetime) -> list[Consultation]:
    """Closed and not answered, of agencies for which this person writes, the first promised first."""
    mine = agencies_of(person, Role.EDITOR)
    unanswered = Consultation.objects.closed(now).filter(agency__in=mine, answered_at__isnull=True)
    return list(unanswered.order_by("answer_due_on", "pk"))


def _seen_by(person: Any) -> Any:
    """The pages below the agencies for which this person approves; at the centre, those below no agency."""
    seen = _below(agencies_of(person, Role.APPROVER))
    if has_role(person, None, Role.PLATFORM_ADMIN):
        seen |= ~_below(Agency.objects.all())
    return Page.objects.filter(seen)


def _below(agencies: Any) -> Q:
    below = Q(pk__in=[])
    for path in AgencyPage.objects.filter(agency__in=agencies).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below

"""What a second person said, to whoever sent the page for approval."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts.models import Person
from consultations.models.approved import ApprovedPage
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter

TOLD = (WorkflowState.STATUS_APPROVED, WorkflowState.STATUS_NEEDS_CHANGES)


class ApprovalDecided:
    """Approved and released, or sent back with changes asked for."""

    key: ClassVar[str] = "approval_decided"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        state = WorkflowState.objects.filter(pk=letter.facts.get("workflow_state")).first()
        if state is None or state.status != letter.facts.get("status"):
            return None
        page = state.content_object
        if page is None or state.requested_by_id != letter.person_id:
            return None
        title = page.get_latest_revision().content["title"]
        if state.status == WorkflowState.STATUS_APPROVED:
            subject, said = (
                _("Approved: %(title)s"),
                _("A second person approved “%(title)s”. It is released."),
            )
        else:
            subject, said = (
                _("Changes are asked for: %(title)s"),
                _("“%(title)s” came back to you. The reason stands beside it."),
            )
        return Words(
            subject=subject % {"title": title},
            parts=[
                says(said % {"title": title}),
                goes(_("Open it"), here("wagtailadmin_pages:edit", page.pk)),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        since = now - conf.LOOKS_BACK
        ended = TaskState.objects.filter(finished_at__gte=since).values("workflow_state")
        for state in WorkflowState.objects.filter(pk__in=ended, status__in=TOLD).order_by("pk"):
            yield from owed(state)


def owed(state: WorkflowState) -> Iterable[Due]:
    """The letter to whoever asked; none for pages that are not ours."""
    asked = Person.objects.filter(pk=state.requested_by_id, is_active=True).first()
    if asked is None or state.status not in TOLD or state.content_object is None:
        return
    if isinstance(state.content_object.specific, ApprovedPage):
        yield Due(
            thing=f"workflow_state:{state.pk}:{state.current_task_state_id}",
            person=asked.pk,
            language=language_of(asked.language),
            facts={"workflow_state": state.pk, "status": state.status},
        )


letters.register(ApprovalDecided())

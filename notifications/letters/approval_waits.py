"""Somebody else's words wait for a second person: to each who may approve them and wrote none of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.models import Person
from accounts.queries import centre, members
from accounts.roles import Role
from consultations.models.approved import ApprovedPage, SecondPersonTask
from foundation import approvals
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter


class ApprovalWaits:
    """To approvers of the page's agency; at the centre, to platform administrators."""

    key: ClassVar[str] = "approval_waits"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        state = TaskState.objects.filter(pk=letter.facts.get("task_state")).first()
        if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
            return None
        if letter.person_id not in {person.pk for person in _readers(state)}:
            return None
        page = _page(state)
        return Words(
            subject=_("It waits for you: %(title)s") % {"title": state.revision.content["title"]},
            parts=[
                says(
                    _(
                        "“%(title)s” was sent for approval. You wrote none of it, so you can be its second person."
                    )
                    % {"title": state.revision.content["title"]}
                ),
                goes(_("Read it"), here("wagtailadmin_pages:edit", page.pk)),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        waiting = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, started_at__gte=now - conf.LOOKS_BACK
        )
        for state in waiting.order_by("pk"):
            yield from owed(state)


def owed(state: TaskState) -> Iterable[Due]:
    """A letter to each who can be the second person; none for workflows that are not ours."""
    for person in _readers(state):
        yield Due(
            thing=f"task_state:{state.pk}",
            person=person.pk,
            language=language_of(person.language),
            facts={"task_state": state.pk},
        )


def _page(state: TaskState) -> Any:
    return state.workflow_state.content_object.specific


def _readers(state: TaskState) -> list[Person]:
    if not isinstance(state.task.specific, SecondPersonTask):
        return []
    page = _page(state)
    if not isinstance(page, ApprovedPage):
        return []
    agency = page.asking_agency()
    who = members(agency, Role.APPROVER) if agency is not None else centre(Role.PLATFORM_ADMIN)
    wrote = approvals.writers_since_approval("page", page.approval_thing)
    wrote.add(state.workflow_state.requested_by_id or 0)
    return list(who.exclude(pk__in=wrote).order_by("pk"))


letters.register(ApprovalWaits())

"""Pages that two people must have read before anybody else does: the four eyes of a page."""

import json
from datetime import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, Task, TaskState
from wagtail.models.pages import PagePermissionTester

from accounts.models import Agency, Person
from accounts.queries import has_role
from accounts.roles import Role
from foundation import approvals, clock
from foundation.errors import NotAllowed, WrongState
from foundation.models import Approval

KIND = "page"
DECIDE = "decide"
NOT_WORDS = {
    "pk", "path", "depth", "numchild", "url_path", "draft_title", "live", "has_unpublished_changes", "owner",
    "first_published_at", "last_published_at", "latest_revision_created_at", "live_revision", "latest_revision",
    "locked", "locked_at", "locked_by", "expired", "expire_at", "content_type", "alias_of",
    "wagtail_admin_comments", "translation_key", "locale", "page_ptr",
}  # fmt: skip


SETS = {"topics"}
"""What hangs on a page in no order. None of it is as if the field were not there: pages are older than it."""


def words_sha256(content: dict[str, Any]) -> str:
    """The hash of everything in a page's content that a reader can meet, whoever saved it and when."""
    # As it is stored: a moment in memory has microseconds, in a revision it has milliseconds.
    stored = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    words = {key: _plain(value) for key, value in stored.items() if key not in NOT_WORDS | SETS}
    words |= {key: sorted(stored[key]) for key in SETS if stored.get(key)}
    return approvals.canonical_sha256(words)


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


class NobodyPublishes(PagePermissionTester):
    """Wagtail's permission tester without any door that publishes: only an approval does."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and not self.page.specific.stands_for_good()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk=ignore_bulk) and not self.page.specific.stands_for_good()

    def can_move(self) -> bool:
        return super().can_move() and not self.page.specific.stands_for_good()


class ApprovedPage(Page):
    """A page whose exact words a second person approves before they are released."""

    shown_only_when_approved: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def approval_thing(self) -> str:
        """What an approval of this page names: its translation key and language, or "draft" copies of their own."""
        return f"{self.translation_key}:{self.locale_id}"

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return NobodyPublishes(user, self)

    def stands_for_good(self) -> bool:
        """May this page no longer be moved, deleted or unpublished?"""
        return False

    def asking_agency(self) -> Agency | None:
        """The agency whose people write and approve this page; None at the centre."""
        return None

    def save_revision(self, user: Person | None = None, **kwargs: Any) -> Revision:
        """Saves a draft and remembers who changed the words: saving them unchanged makes nobody their writer."""
        with transaction.atomic():
            before = self.get_latest_revision()
            sha256_before = words_sha256(before.content) if before else None
            revision = super().save_revision(user=user, **kwargs)
            sha256 = words_sha256(revision.content)
            if sha256_before != sha256:
                approvals.note_writer(KIND, self.approval_thing, person=user.pk if user else 0, sha256=sha256)
        return revision

    def approval_of(self, revision: Revision) -> Approval | None:
        """The second person's approval of exactly the words in this revision."""
        return approvals.approval_for(KIND, self.approval_thing, words_sha256(revision.content))

    def publish(self, revision: Revision, user: Person | None = None, **kwargs: Any) -> Any:
        """Releases an approved revision and registers what people will answer to, together or not at all.

        Raises NotAllowed when no second person approved exactly these words.
        """
        approval = self.approval_of(revision)
        if approval is None:
            raise NotAllowed(
                _("Nobody may publish this page alone: send it for approval to a second person.")
            )
        kwargs["skip_permission_checks"] = True
        with transaction.atomic():
            result = super().publish(revision, user=user, **kwargs)
            fresh = type(self).objects.get(pk=self.pk)
            if fresh.live and fresh.live_revision_id == revision.pk:
                fresh.on_release(approval, clock.now())
        return result

    def on_release(self, approval: Approval, now: datetime) -> None:
        """What happens in the same transaction as the release."""

    def copy(self, *args: Any, **kwargs: Any) -> Page:
        """A copy is a draft of its own: an approval does not travel."""
        kwargs["keep_live"] = False
        return super().copy(*args, **kwargs)

    def is_approved(self) -> bool:
        """Are the words that stand here now the ones that a second person approved?"""
        sha256 = words_sha256(self.serializable_data())
        return approvals.approval_for(KIND, self.approval_thing, sha256) is not None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.shown_only_when_approved and not self.is_approved():
            raise Http404
        return super().serve(request, *args, **kwargs)


class WaitsForTheSecondPerson(WorkflowLock):
    """While a page waits, nobody changes it: what is approved is what was read."""

    def get_message(self, user: Any) -> str:
        return _("This page waits for a second person. Nobody can change it until they have decided.")


class SecondPersonTask(Task):
    """The one step of the one workflow: somebody of the page's agency who wrote none of it approves it."""

    lock_class = WaitsForTheSecondPerson

    def user_can_access_editor(self, obj: Any, user: Person) -> bool:
        return self.may_approve_for(obj, user)

    def locked_for_user(self, obj: Any, user: Person) -> bool:
        return True

    def get_actions(self, obj: Any, user: Person) -> list[tuple[str, str, bool]]:
        """Wagtail's own buttons say nothing of what was read, so theirs is one that leads to the screen that does."""
        return [(DECIDE, _("Approve or send back"), False)] if self.may_approve_for(obj, user) else []

    def decisions(self, obj: Any, user: Any) -> list[str]:
        """What this person may decide: "reject" for whoever approves there, "approve" too if they wrote none of it."""
        if not self.may_approve_for(obj, user):
            return []
        return ["reject"] if self.wrote(obj, user) else ["reject", "approve"]

    def get_task_states_user_can_moderate(self, user: Person, **kwargs: Any) -> models.QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [s.pk for s in waiting if self.get_actions(s.workflow_state.content_object, user)]
        return waiting.filter(pk__in=mine)

    def may_approve_for(self, obj: Any, user: Person) -> bool:
        """Does this person approve for the page's agency (or, at the centre, for the platform)?"""
        page = obj.specific
        agency = page.asking_agency() if isinstance(page, ApprovedPage) else None
        if agency is None:
            return has_role(user, None, Role.PLATFORM_ADMIN)
        return has_role(user, agency, Role.APPROVER)

    def wrote(self, obj: Page, user: Person) -> bool:
        """Did this person write or mend any of the words since the last approval?"""
        return user.pk in approvals.writers_since_approval(KIND, obj.specific.approval_thing)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: Person, action_name: str, *, read: str = "", **kwargs: Any
    ) -> str | None:
        """Approves or sends back the words that were `read` (their hash); for its button, the address of the screen.

        Raises NotAllowed, or WrongState when it does not wait any more and when other words wait than were read.
        """
        page = task_state.workflow_state.content_object.specific
        if action_name == DECIDE:
            return reverse("consultations_approve", args=[page.pk])
        if not self.may_approve_for(page, user):
            raise NotAllowed(_("You do not approve for this agency."))
        held = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if held.status != TaskState.STATUS_IN_PROGRESS:
            raise WrongState(_("This page does not wait for your decision."))
        sha256 = words_sha256(Revision.objects.select_for_update().get(pk=held.revision_id).content)
        approvals.as_read(read, sha256)
        if action_name == "approve":
            approvals.approve(
                KIND,
                page.approval_thing,
                sha256=sha256,
                submitted_by=held.workflow_state.requested_by_id or 0,
                approved_by=user.pk,
                now=clock.now(),
            )
        super().on_action(held, user, action_name, **kwargs)
        return None

    @classmethod
    def get_description(cls) -> str:
        return _("Somebody of the agency who wrote none of the words")

"""What ends a workflow: exactly the approved revision is released, with nobody holding *publish*."""

from typing import Any

from accounts.models import Person


def publish_approved(workflow_state: Any, user: Person | None = None) -> None:
    """Releases the revision that the second person read and approved."""
    revision = workflow_state.current_task_state.revision
    workflow_state.content_object.specific.publish(revision, user=user)

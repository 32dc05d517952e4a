"""The way of a page in this house: an editor saves it and sends it for approval, a second person approves."""

from typing import TypeVar

from accounts.models import Person
from consultations.models.approved import ApprovedPage, words_sha256

P = TypeVar("P", bound=ApprovedPage)


def release(page: P, *, editor: Person, approver: Person) -> P:
    """Saves the words as the editor's, and has exactly them approved and released; gives the page as it stands."""
    send(page, editor=editor)
    state = _again(page).current_workflow_task_state
    state.task.specific.on_action(state, approver, "approve", read=words_sha256(state.revision.content))
    return _again(page)


def send(page: ApprovedPage, *, editor: Person) -> None:
    """Saves the words as the editor's, and asks for a second person."""
    page.save_revision(user=editor, clean=True)
    fresh = _again(page)
    fresh.get_workflow().start(fresh, editor)


def _again(page: P) -> P:
    found: P = type(page).objects.get(pk=page.pk)
    return found

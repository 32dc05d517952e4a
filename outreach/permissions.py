"""Who may speak for an agency, who may approve, who may stop and start: role **and** moment."""

from typing import Any

from accounts.models import Agency
from accounts.queries import has_role, has_role_anywhere
from accounts.roles import APPROVES_POSTS, WRITES_POSTS, Role
from outreach.models import Post

STOPS = (Role.PRESS_OFFICER, Role.DUTY_OFFICER, Role.APPROVER)


def can_write_posts(person: Any, agency: Agency | int) -> bool:
    """Press officers and duty officers of the agency."""
    return has_role(person, agency, *WRITES_POSTS)


def can_approve_posts(person: Any, agency: Agency | int) -> bool:
    """Press officers and approvers of the agency; whether they wrote it themselves is asked at the act."""
    return has_role(person, agency, *APPROVES_POSTS)


def can_see_posts(person: Any, agency: Agency | int) -> bool:
    """Whoever writes or approves them."""
    return has_role(person, agency, *WRITES_POSTS, *APPROVES_POSTS)


def can_edit(person: Any, post: Post) -> bool:
    """Writers and approvers, as long as nothing of it is approved."""
    open_states = (Post.State.DRAFT, Post.State.WAITING)
    return post.state in open_states and can_see_posts(person, post.agency_id)


def can_connect(person: Any, agency: Agency | int) -> bool:
    """Press officers of the agency, and platform administrators."""
    return has_role(person, agency, Role.PRESS_OFFICER) or is_at_the_centre(person)


def can_stop(person: Any, agency: Agency | int | None) -> bool:
    """For an agency's account its press, duty officers and approvers; for more, the centre, duty and press officers.

    To stop does no harm that two people could not undo, so whoever speaks for an agency may stop everything.
    """
    if is_at_the_centre(person):
        return True
    return (
        has_role(person, agency, *STOPS) if agency is not None else has_role_anywhere(person, *WRITES_POSTS)
    )


def is_at_the_centre(person: Any) -> bool:
    """Platform administrators."""
    return has_role(person, None, Role.PLATFORM_ADMIN)

"""A post waits for a second person: to each who may approve it and neither wrote nor sent it."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.queries import members
from accounts.roles import APPROVES_POSTS
from foundation import approvals
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter
from outreach.models import Post
from outreach.words import KIND


class PostWaits:
    """To press officers and approvers of the agency."""

    key: ClassVar[str] = "post_waits"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        post = Post.objects.filter(pk=letter.facts.get("post"), state=Post.State.WAITING).first()
        if post is None or thing_of(post) != letter.thing:
            return None
        if letter.person_id not in {person.pk for person in _readers(post)}:
            return None
        said = _(
            "“%(title)s” is to go out in your agency's name. You wrote none of it, so you can be its second person."
        )
        return Words(
            subject=_("A post waits for you: %(title)s") % {"title": post.title},
            parts=[
                says(said % {"title": post.title}),
                goes(_("Read it"), here("outreach_post", post.pk)),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for post in Post.objects.filter(state=Post.State.WAITING).select_related("agency").order_by("pk"):
            yield from owed(post)


def owed(post: Post) -> Iterable[Due]:
    """A letter to each who can be the second person, once for each time that it is sent for approval."""
    for person in _readers(post):
        yield Due(
            thing=thing_of(post),
            person=person.pk,
            language=language_of(person.language),
            facts={"post": post.pk},
        )


def thing_of(post: Post) -> str:
    """The approval that is waited for: of just these words. Other words are another one."""
    return f"post:{post.pk}:{post.submitted_sha256[:24]}"


def _readers(post: Post) -> list[Person]:
    wrote = approvals.writers_since_approval(KIND, post.pk, sha256=post.submitted_sha256)
    wrote.add(post.submitted_by or 0)
    return list(members(post.agency, *APPROVES_POSTS).exclude(pk__in=wrote).order_by("pk"))


letters.register(PostWaits())

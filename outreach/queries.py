"""Reads across the room: what stands out there, what was heard, and what waits at the desk."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Agency
from accounts.queries import agencies_of, has_role
from accounts.roles import APPROVES_POSTS, WRITES_POSTS, Role
from consultations.models import Consultation, Contribution
from foundation import approvals
from outreach.models import ChannelAccount, Delivery, Heard, KillSwitch, Post
from outreach.words import KIND

FEED = "feed"
LETTERS = "email"
ENTRIES = 30
LOOK = "look"


def feed_entries(*, agency: Agency | None = None, language: str = "") -> "QuerySet[Delivery]":
    """The newest entries of the Atom feed, of one agency or of all, in one language or in all."""
    entries = Delivery.objects.published().filter(account__channel=FEED)
    if agency is not None:
        entries = entries.filter(account__agency=agency)
    if language:
        entries = entries.filter(language=language)
    return entries.select_related("account__agency").order_by("-published_at", "-pk")[:ENTRIES]


def heard_about(consultation: Consultation | int, *, now: datetime) -> "QuerySet[Heard]":
    """Published replies from other networks that still stand there, the newest first."""
    heard = Heard.objects.filter(
        contribution__consultation=consultation,
        contribution__in=Contribution.objects.visible(now).filter(consultation=consultation),
        gone_at__isnull=True,
    )
    return heard.select_related("contribution", "account").order_by("-said_at", "-pk")


def my_agencies(person: Any) -> "QuerySet[Agency]":
    """Agencies for which this person writes or approves posts; all of them for the centre."""
    if has_role(person, None, Role.PLATFORM_ADMIN):
        return Agency.objects.all()
    return agencies_of(person, *WRITES_POSTS, *APPROVES_POSTS)


def posts_for(person: Any, *, state: str = "", words: str = "") -> "QuerySet[Post]":
    """The posts at this person's desk, with how many of their deliveries need a look.

    `state` is one of `Post.State`, or `look` for those of which somebody has to look; `words` stand in the title.
    """
    unknown = Count("versions__deliveries", filter=Q(versions__deliveries__state=Delivery.State.UNKNOWN))
    published = Count("versions__deliveries", filter=Q(versions__deliveries__state=Delivery.State.PUBLISHED))
    mine = Post.objects.filter(agency__in=my_agencies(person)).select_related("agency", "consultation")
    if words:
        mine = mine.filter(title__icontains=words)
    if state and state != LOOK:
        mine = mine.filter(state=state)
    found = mine.annotate(unknown=unknown, published=published).order_by("-created_at", "-pk")
    return found.filter(unknown__gt=0) if state == LOOK else found


def deliveries_of(post: Post) -> "QuerySet[Delivery]":
    """Each part on each account; letters are counted by `letters_of` and not listed."""
    found = Delivery.objects.filter(version__post=post, recipient_key="")
    return found.select_related("account", "version").order_by("account_id", "language", "part")


def letters_of(post: Post) -> list[dict[str, Any]]:
    """How many letters of a post are in which state; no address, no row."""
    letters = Delivery.objects.filter(version__post=post).exclude(recipient_key="").order_by()
    counted = letters.values("account__name", "language", "state").annotate(number=Count("pk"))
    return [dict(row) for row in counted.order_by("account__name", "language", "state")]


def accounts_for(person: Any) -> "QuerySet[ChannelAccount]":
    """The accounts of this person's agencies."""
    return ChannelAccount.objects.filter(agency__in=my_agencies(person)).select_related("agency")


def writing_agencies() -> "QuerySet[Agency]":
    """Agencies that send a newsletter."""
    writing = ChannelAccount.objects.standing().filter(channel=LETTERS)
    return Agency.objects.filter(pk__in=writing.values("agency"))


def standing_stops() -> "QuerySet[KillSwitch]":
    """The stops that hold now."""
    return KillSwitch.objects.filter(started_at__isnull=True).select_related("account__agency")


def posts_to_approve(person: Any) -> list[Post]:
    """Posts that wait for a second person and can be this one's: they neither wrote nor sent the words."""
    mine = agencies_of(person, *APPROVES_POSTS)
    waiting = Post.objects.filter(agency__in=mine, state=Post.State.WAITING).exclude(submitted_by=person.pk)
    found = list(waiting.order_by("go_at", "pk"))
    words = {str(post.pk): post.submitted_sha256 for post in found}
    wrote = approvals.written_since_approval(KIND, words, person=person.pk)
    return [post for post in found if str(post.pk) not in wrote]

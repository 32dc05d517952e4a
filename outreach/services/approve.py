"""Four eyes: sent for approval by one, approved by another who wrote none of it, frozen from then on."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import approvals, audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, PortalError, WrongState
from foundation.models import Approval
from outreach import signals, words
from outreach.models import Delivery, Post, PostVersion, Reader
from outreach.permissions import can_approve_posts, can_see_posts, can_write_posts
from outreach.services.edit import back_to_draft, preview

State = Delivery.State
MOST_AT_ONCE = 50


@dataclass
class Many:
    """What became of many posts at once: those that were done, and those that were left, each with the reason."""

    done: list[Post] = field(default_factory=list)
    left: list[tuple[Post, str]] = field(default_factory=list)


def submit_for_approval(post: Post, *, by: Person, now: datetime, go_at: datetime | None = None) -> Post:
    """Lays ready exactly what would go out, and asks a second person. `go_at` empty means at once when approved.

    Raises NotAllowed, WrongState when it is not a draft, BadInput when a network would not take it as it stands.
    """
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if not can_write_posts(by, row.agency_id):
            raise NotAllowed(_("Only press officers of the agency send a post for approval."))
        if row.state != Post.State.DRAFT:
            raise WrongState(_("This post is not a draft any more."))
        row.go_at = go_at or now
        previews = preview(row)
        _check(previews)
        row.state, row.note = Post.State.WAITING, ""
        row.submitted_by, row.submitted_sha256 = by.pk, words.sha256_of(row)
        row.save()
        for shown in previews:
            _lay_ready(shown, now)
        audit.write("post.submitted", by=by.pk, thing=f"post:{row.pk}")
        announce(signals.post_waits, post=row)
    return row


def take_back(post: Post, *, by: Person, now: datetime) -> Post:
    """Brings a waiting post back to the draft table. Raises NotAllowed, or WrongState when it does not wait."""
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if not can_see_posts(by, row.agency_id):
            raise NotAllowed(_("Only press officers and approvers of the agency change a post."))
        if row.state != Post.State.WAITING:
            raise WrongState(_("This post does not wait for approval."))
        back_to_draft(row)
        audit.write("post.taken_back", by=by.pk, thing=f"post:{row.pk}")
    row.refresh_from_db()
    return row


def approve(post: Post, *, by: Person, read: str, now: datetime) -> Post:
    """A second person's yes to exactly these words: from now on they are frozen, and go out at their time.

    `read` is the hash of what this person was shown, as `Post.submitted_sha256` had it. Raises NotAllowed for whoever
    wrote, changed or submitted them, WrongState when it does not wait for approval or other words wait.
    """
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if not can_approve_posts(by, row.agency_id):
            raise NotAllowed(_("Only press officers and approvers of the agency approve a post."))
        if row.state != Post.State.WAITING or row.submitted_by is None:
            raise WrongState(_("This post does not wait for approval."))
        approvals.as_read(read, row.submitted_sha256)
        sha256 = words.sha256_of(row)
        if sha256 != row.submitted_sha256:
            raise WrongState(
                _("The words have changed since they were sent to you. Please have them sent again.")
            )
        approval = approvals.approve(
            words.KIND,
            row.pk,
            sha256=sha256,
            submitted_by=row.submitted_by,
            approved_by=by.pk,
            now=now,
        )
        _freeze(row, approval, now)
        audit.write("post.approved", by=by.pk, thing=f"post:{row.pk}", sha256=sha256)
    return row


def cancel_many(posts: Iterable[Post], *, by: Person, now: datetime) -> Many:
    """Cancels drafts, each by itself: what is no draft (any more), or another agency's, is left.

    Raises BadInput for none, and for more than 50.
    """
    chosen = list(posts)
    check_choice(chosen)
    found = Many()
    for post in chosen:
        try:
            cancel(post, by=by, now=now, drafts_alone=True)
        except PortalError as error:
            found.left.append((post, str(error)))
        else:
            found.done.append(post)
    return found


def check_choice(posts: Sequence[Post]) -> None:
    """Can these be cancelled at once? Raises BadInput."""
    if not posts or len(posts) > MOST_AT_ONCE:
        raise BadInput(_("Choose between one post and %(most)d.") % {"most": MOST_AT_ONCE})


def cancel(post: Post, *, by: Person, now: datetime, drafts_alone: bool = False) -> Post:
    """Stops what has not begun; what is out there stays.

    Raises NotAllowed, WrongState when it is cancelled (or, with `drafts_alone`, is no draft).
    """
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if not can_see_posts(by, row.agency_id):
            raise NotAllowed(_("Only press officers and approvers of the agency cancel a post."))
        if row.state == Post.State.CANCELLED:
            raise WrongState(_("This post is cancelled already."))
        if drafts_alone and row.state != Post.State.DRAFT:
            raise WrongState(_("This post is not a draft any more."))
        open_ones = [State.DRAFT, *State.not_begun()]
        Delivery.objects.filter(version__post=row, state__in=open_ones).update(state=State.CANCELLED)
        Post.objects.filter(pk=row.pk).update(state=Post.State.CANCELLED)
        audit.write("post.cancelled", by=by.pk, thing=f"post:{row.pk}")
    row.refresh_from_db()
    return row


def _check(previews: list[words.Preview]) -> None:
    if not previews:
        raise BadInput(_("There is no account that this would go out on."))
    for shown in previews:
        for problem in shown.problems:
            if problem.stops:
                raise BadInput(
                    _("%(account)s: %(problem)s") % {"account": shown.version, "problem": problem.message}
                )


def _lay_ready(shown: words.Preview, now: datetime) -> None:
    """One delivery for each part (and each reader); those that went out earlier stay as they are."""
    version = shown.version
    readers: list[Reader | None] = [None]
    if shown.channel.caps.one_by_one:
        readers = list(_readers(version))
    Delivery.objects.filter(version=version, state__in=[State.DRAFT, State.CANCELLED]).delete()
    Delivery.objects.bulk_create(
        [_delivery(shown, number, reader, now) for reader in readers for number in range(len(shown.parts))],
        batch_size=500,
        ignore_conflicts=True,
    )


def _delivery(shown: words.Preview, number: int, reader: Reader | None, now: datetime) -> Delivery:
    part, version = shown.parts[number], shown.version
    key = uuid.uuid4()
    return Delivery(
        version=version,
        account=version.account,
        part=part.number,
        of=part.of,
        reader=reader,
        recipient_key=f"reader:{reader.pk}" if reader else "",
        language=part.language,
        title=part.title,
        text=part.text,
        link=part.link,
        idempotency_key=key,
        record_key=record_key(key, now),
        due_at=now,
    )


def record_key(key: uuid.UUID, now: datetime) -> str:
    """A key in the shape of an AT Protocol TID: microseconds, then ten bits of the row's own key.

    https://atproto.com/specs/tid: base32-sortable, 13 characters.
    """
    letters = "234567abcdefghijklmnopqrstuvwxyz"
    number = int(now.timestamp() * 1_000_000) << 10 | key.int & 0x3FF
    return "".join(letters[number >> 5 * place & 31] for place in reversed(range(13)))


def _readers(version: PostVersion) -> "list[Reader]":
    found = Reader.objects.filter(
        agency_id=version.account.agency_id, language=version.language, confirmed_at__isnull=False
    )
    return list(found.order_by("pk"))


def _freeze(post: Post, approval: Approval, now: datetime) -> None:
    go_at = max(post.go_at or now, now)
    Delivery.objects.filter(version__post=post, state=State.DRAFT).update(
        state=State.APPROVED, approval=approval, due_at=go_at, late_at=go_at + post.late_after
    )
    Post.objects.filter(pk=post.pk).update(state=Post.State.APPROVED)
    post.refresh_from_db()

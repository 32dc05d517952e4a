"""Wording: officers change the words until they are approved; whoever changes them is their writer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import approvals, audit
from foundation.errors import NotAllowed, WrongState
from outreach import words
from outreach.models import Delivery, Post, PostVersion
from outreach.permissions import can_edit, can_see_posts

State = Delivery.State


def edit(
    version: PostVersion,
    *,
    by: Person,
    title: str,
    text: str,
    link: str = "",
    left_out: bool = False,
    now: datetime,
) -> PostVersion:
    """Changes the words for one account. A post that waits for approval comes back to the draft table.

    Raises NotAllowed, or WrongState when it is approved or something of this version went out already.
    """
    with transaction.atomic():
        post = _held(version.post_id)
        if not can_see_posts(by, post.agency_id):
            raise NotAllowed(_("Only press officers and approvers of the agency change a post."))
        if not can_edit(by, post):
            raise WrongState(_("This post is approved: its words are frozen."))
        row = PostVersion.objects.select_related("account").get(pk=version.pk, post=post)
        if row.deliveries.exclude(state__in=[State.DRAFT, State.CANCELLED]).exists():
            raise WrongState(_("Something of this went out already: its words are frozen."))
        before = words.sha256_of(post)
        row.title, row.text, row.link = title.strip(), text.replace("\r\n", "\n").strip(), link.strip()
        row.left_out = left_out
        row.sha256 = words.sha256_of_version(row)
        row.save(update_fields=["title", "text", "link", "left_out", "sha256"])
        after = words.sha256_of(post)
        if after != before:
            approvals.note_writer(words.KIND, post.pk, person=by.pk, sha256=after)
            back_to_draft(post)
            audit.write("post.edited", by=by.pk, thing=f"post:{post.pk}", version=row.pk)
    return row


def preview(post: Post) -> list[words.Preview]:
    """How each version will look out there, with its true length and what stands in the way."""
    return [words.preview_of(version) for version in words.versions_of(post)]


def back_to_draft(post: Post, note: str = "") -> None:
    """A post that waited waits no longer; what was laid ready for it is put away."""
    Delivery.objects.filter(version__post=post, state=State.DRAFT).delete()
    Post.objects.filter(pk=post.pk).update(state=Post.State.DRAFT, note=note)


def _held(post_id: int) -> Post:
    return Post.objects.select_for_update().get(pk=post_id)

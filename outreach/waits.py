"""What of this room waits for somebody: posts to word, approve and look up, accounts that are ill, stops to end."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.queries import agencies_of
from accounts.roles import WRITES_POSTS
from foundation.desk import Waiting, tells
from outreach import queries
from outreach.models import ChannelAccount, Delivery, Post
from outreach.permissions import can_stop


@tells
def waits(person: Any, now: datetime) -> Iterator[Waiting]:
    """By role: whoever approves, whoever writes, whoever may start again what is stopped."""
    to_approve = queries.posts_to_approve(person)
    if to_approve:
        late = sum(1 for post in to_approve if post.go_at and post.go_at < now)
        first = reverse("outreach_post", args=[to_approve[0].pk])
        yield Waiting(_("Posts to approve"), len(to_approve), first, overdue=late)
    posts = Post.objects.filter(agency__in=agencies_of(person, *WRITES_POSTS))
    unknown = Q(versions__deliveries__state=Delivery.State.UNKNOWN)
    counted = posts.aggregate(
        drafts=Count("pk", filter=Q(state=Post.State.DRAFT), distinct=True),
        unknown=Count("pk", filter=unknown, distinct=True),
    )
    desk = reverse("outreach_posts")
    yield Waiting(_("Posts to word and send for approval"), counted["drafts"], f"{desk}?state=draft")
    look = counted["unknown"]
    yield Waiting(
        _("Posts of which nobody knows whether they arrived"), look, f"{desk}?state=look", overdue=look
    )
    ill = ChannelAccount.objects.ill().filter(agency__in=agencies_of(person, *WRITES_POSTS)).count()
    yield Waiting(_("Accounts that do not work"), ill, reverse("outreach_accounts"), overdue=ill)
    asked = [
        stop
        for stop in queries.standing_stops().exclude(first_starter=None).exclude(first_starter=person.pk)
        if can_stop(person, stop.account.agency_id if stop.account else None)
    ]
    yield Waiting(_("Stops that somebody asked to end"), len(asked), reverse("outreach_switch"))

"""What letters hear from outreach, where it is installed. A nudge: what is missed is found by the clock."""

from typing import Any

from django.dispatch import receiver

from foundation import clock
from notifications import services, tasks
from notifications.letters.outreach import account_ill, post_waits
from outreach import signals
from outreach.models import ChannelAccount, Post


@receiver(signals.post_waits, dispatch_uid="notifications.post_waits")
def on_post_waits(post: Post, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("post_waits", post_waits.owed(post), now=clock.now()))


@receiver(signals.account_fell_ill, dispatch_uid="notifications.account_ill")
def on_account_fell_ill(account: ChannelAccount, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("account_ill", account_ill.owed(account), now=clock.now()))

"""What letters hear from ideas, where they are installed. A nudge: what is missed is found by the clock."""

from typing import Any

from django.dispatch import receiver

from consultations.models import Contribution
from foundation import clock
from ideas import signals
from notifications import services, tasks
from notifications.letters import reply
from notifications.letters.ideas import followed


@receiver(signals.followed_idea_news, dispatch_uid="notifications.followed")
def on_followed_idea_news(contribution: Contribution, **_facts: Any) -> None:
    now = clock.now()
    comment = reply.told(now).filter(pk=contribution.pk).first()
    if comment is not None:
        tasks.poke(tasks.send, services.put("followed", followed.owed(comment), now=now))

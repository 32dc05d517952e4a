"""Celery tasks: each only says "look now" and may run twice."""

from celery import shared_task

from foundation import clock
from outreach import services


@shared_task(name="outreach.tasks.look")
def look() -> None:
    """Sends what is due and settles what nobody knows."""
    services.send_and_settle(clock.now())


@shared_task(name="outreach.tasks.listen")
def listen() -> None:
    """Hears what was answered."""
    services.listen(clock.now())

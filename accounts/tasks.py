"""Celery tasks: they only say "look now" and may run twice. The rows are the queue, the clock is the guarantee."""

import logging

from celery import shared_task

from accounts.services.texts import send_text
from foundation import clock

logger = logging.getLogger(__name__)


@shared_task
def send(number: int) -> None:
    """Hands one text message over."""
    send_text(number, now=clock.now())


def poke(number: int) -> None:
    """Asks a worker. When nobody can be asked, the clock does it within a minute."""
    try:
        send.apply_async((number,), retry=False)
    except Exception:
        logger.warning("No worker could be asked; the clock will do it", extra={"task": send.name})

"""Celery tasks: each only says "look now" and may run twice. The rows are the queue, the clock is the guarantee."""

import logging
from typing import Any

from celery import Task, shared_task

from foundation import clock
from notifications import services

logger = logging.getLogger(__name__)


@shared_task
def send(keys: list[int]) -> None:
    """Sends these letters."""
    services.send_letters(keys, now=clock.now())


@shared_task
def find(occasion: str) -> None:
    """Puts down the letters of one kind that are not there yet, and sends what is due."""
    now = clock.now()
    services.find_missing(now, occasion)
    services.send_due(now)


def poke(task: "Task[Any, Any]", *arguments: Any) -> None:
    """Asks for a task. When nobody can be asked, the clock does it within a minute."""
    try:
        task.apply_async(arguments, retry=False)
    except Exception:
        logger.warning("No worker could be asked; the clock will do it", extra={"task": task.name})

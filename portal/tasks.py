"""Celery tasks of the roof: each only says "look now" and may run twice. What fails is in the log."""

from celery import shared_task

from portal import due


@shared_task
def run_due() -> None:
    """Does all that is due each minute."""
    due.run_every(due.MINUTE)


@shared_task
def roll_up() -> None:
    """Counts the votes that came since the last look, and chains the lines of the register."""
    due.run_every(due.SECONDS)


@shared_task
def analyse() -> None:
    """Reads what was said: long, so it has a task of its own and no letter waits for it."""
    due.run_every(due.LONG)


@shared_task
def tidy() -> None:
    """Forgets, once a day, what is no longer needed."""
    due.run_every(due.DAY)

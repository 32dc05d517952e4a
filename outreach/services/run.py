"""What the clock does for this room. Every job may run twice and at once; what one cannot do stops no other."""

import logging
from collections.abc import Callable
from datetime import datetime

from outreach.services.listen import listen
from outreach.services.prepare import prepare_missed, reword_drafts
from outreach.services.readers import send_confirmations
from outreach.services.send import send_due
from outreach.services.settle import sweep

logger = logging.getLogger(__name__)
Job = Callable[[datetime], int]


def run_due(now: datetime) -> dict[str, int]:
    """Drafts what was missed, rewords what time has overtaken, settles, sends what is due, and listens: the counts."""
    jobs: dict[str, Job] = {
        "drafted": prepare_missed,
        "reworded": reword_drafts,
        "settled": sweep,
        "sent": send_due,
        "confirmations": send_confirmations,
        "heard": listen,
    }
    return {name: _run(name, job, now) for name, job in jobs.items()}


def send_and_settle(now: datetime) -> dict[str, int]:
    """The part of it that must not wait a whole minute."""
    jobs: dict[str, Job] = {"settled": sweep, "sent": send_due, "confirmations": send_confirmations}
    return {name: _run(name, job, now) for name, job in jobs.items()}


def _run(name: str, job: Job, now: datetime) -> int:
    try:
        return job(now)
    except Exception:
        logger.exception("A job of outreach failed", extra={"job": name})
        return 0

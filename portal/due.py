"""What the clock does, in order. Each act may run twice and at once; one that fails stops no other."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command

import accounts.services
import analysis.services
import consultations.services
import consultations.views.card
import moderation.services
import notifications.services
import outreach.services
import records.services
import search.services
from foundation import clock
from foundation.locks import only_one

logger = logging.getLogger(__name__)

SECONDS, MINUTE, LONG, DAY = "seconds", "minute", "long", "day"


@dataclass(frozen=True)
class Act:
    """One thing the clock does: how often, and how long others stay away while a process is at it.

    Where processes are killed this is how long the act rests; it is safe to do twice, so a minute is enough.
    """

    key: str
    words: str
    run: Callable[[datetime], object]
    every: str = MINUTE
    longest: timedelta = timedelta(minutes=1)


ACTS = (
    Act(
        "publish_scheduled",
        "releases approved pages whose time has come",
        lambda now: _command("publish_scheduled"),
    ),
    Act("open_due", "tells of consultations that opened", consultations.services.open_due),
    Act("close_due", "tells of consultations that closed", consultations.services.close_due),
    Act("roll_up", "counts the votes that came in", consultations.services.roll_up, SECONDS),
    Act("count_voices", "counts who took part and what was said", consultations.services.count_voices),
    Act("chain", "chains the lines of the public register", records.services.chain, SECONDS),
    Act("moderation", "opens cases for words that nobody has seen", moderation.services.run_due),
    Act("notifications", "sends letters", notifications.services.run_due),
    Act("texts", "sends text messages with codes", lambda now: accounts.services.send_texts(now=now)),
    Act("outreach", "sends approved posts, settles, listens", outreach.services.run_due),
    Act("accounts", "asks networks whether our accounts still work", outreach.services.check_due),
    Act("search", "finds what announcements left behind", search.services.catch_up),
    Act(
        "forget_old_codes",
        "forgets codes that can no longer be used",
        lambda now: accounts.services.forget_old_codes(now=now),
    ),
    Act(
        "forget_old_tallies",
        "forgets how often something was tried, once the hour is over",
        lambda now: accounts.services.forget_old_tallies(now=now),
    ),
    Act(
        "analysis",
        "reads what was said once it is closed",
        analysis.services.run_due,
        LONG,
        timedelta(minutes=30),
    ),
    Act(
        "forget_drafts",
        "erases answers that were begun and never sent",
        consultations.services.forget_drafts,
        DAY,
    ),
    Act(
        "forget_cards",
        "deletes pictures for sharing that no page names any more",
        consultations.views.card.forget_unneeded,
        DAY,
    ),
    Act("clearsessions", "forgets sessions that have ended", lambda now: _command("clearsessions"), DAY),
)
"""In this order: what opens and closes first, then what is counted, then what is told."""

KEYS = tuple(act.key for act in ACTS)


def run_every(*often: str) -> list[str]:
    """Does the acts of these rhythms; gives the names of those that failed."""
    return run(act.key for act in ACTS if act.every in often)


def run(keys: Iterable[str] = KEYS) -> list[str]:
    """Does the named acts in the order of the list, whatever order they are named in; gives those that failed."""
    wanted = set(keys)
    return [act.key for act in ACTS if act.key in wanted and not _done(act)]


def _done(act: Act) -> bool:
    """False when it failed. An act that another process is at right now is as good as done."""
    try:
        now = clock.now()
        with only_one(f"due.{act.key}", now=now, ttl=act.longest) as ours:
            if ours:
                act.run(now)
    except Exception:
        logger.exception("An act of the clock failed", extra={"act": act.key})
        return False
    return True


def _command(name: str) -> None:
    call_command(name, verbosity=0)

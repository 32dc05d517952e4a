"""Sending: a letter is claimed, written as things stand now, handed over once, and its answer written down."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import translation

from accounts.queries import addresses_of
from foundation import audit, claims
from notifications import conf
from notifications.groups import DIGEST
from notifications.letters import letters
from notifications.letters.base import Words, language_of
from notifications.models import Letter, Preference
from notifications.queries import wishes_of
from notifications.services import paper
from notifications.services.gather import is_gathered, let_go
from notifications.services.postbox import Answer, Closed, Lost, Postbox

logger = logging.getLogger(__name__)
State = Letter.State
SPENDS = timedelta(seconds=45)


def send_due(now: datetime, limit: int = conf.BATCH) -> dict[str, int]:
    """Sends the letters that are due, the oldest first; says how many ended how. For the clock."""
    return send_letters(claims.pick(Letter, now=now, limit=limit), now=now)


def send_letters(keys: Iterable[int], *, now: datetime) -> dict[str, int]:
    """Sends these letters, each by one worker. Stops when the mail server is away: the rest stays due.

    Never within a transaction: the claim is committed before the call.
    """
    began, ended = time.monotonic(), Counter[str]()
    box = Postbox()
    try:
        for key in keys:
            gone = timedelta(seconds=int(time.monotonic() - began))
            if gone > SPENDS:
                break
            box.open()
            ended[_send(box, key, now + gone)] += 1
    except Closed:
        ended["no_server"] += 1
    finally:
        box.close()
    del ended[""]
    return dict(ended)


def settle(now: datetime) -> int:
    """Looks at letters whose worker did not come back; says how many.

    Whose words had not begun to leave us goes again; of the others nobody knows, and a person decides.
    """
    lost = Letter.objects.filter(state=State.ATTEMPTING, lease_until__lte=now)
    again = lost.filter(handed_at__isnull=True).update(
        state=State.DUE, lease_until=None, due_at=now, fence=F("fence") + 1
    )
    fleeting = [key for key, occasion in letters.items() if not occasion.kept]
    removed, _by_model = lost.filter(occasion__in=fleeting).delete()
    unknown = lost.update(
        state=State.UNKNOWN, lease_until=None, fence=F("fence") + 1, last_error="worker_lost"
    )
    return again + removed + unknown


def _send(box: Postbox, key: int, now: datetime) -> str:
    """One letter; gives the state in which it ended, or "" when another worker has it."""
    fence = claims.claim(Letter, key, now=now, lease=conf.LEASE, handed_at=None)
    if fence is None:
        return ""
    letter = Letter.objects.select_related("person").get(pk=key)
    wishes = wishes_of(letter.person_id)
    letter.language = language_of(wishes.language or letter.language)
    try:
        refused = _unwanted(letter, wishes)
        if refused:
            return _end(letter, State.CANCELLED, now, error=refused)
        if is_gathered(letter, wishes, now):
            claims.finish(Letter, key, fence=fence, to_state=State.GATHERED)
            return State.GATHERED
        with translation.override(letter.language):
            words, address = _written(letter, now)
            if words is None:
                return _end(letter, State.CANCELLED, now, error=address)
            message = paper.message(letter, words, address)
    except Exception as error:
        logger.exception("A letter could not be written", extra={"letter": key, "occasion": letter.occasion})
        return _later(letter, type(error).__name__, now)

    def before_words() -> None:
        held = Letter.objects.filter(pk=key, fence=fence, state=State.ATTEMPTING)
        if not held.update(handed_at=now):
            raise Lost

    try:
        answer = box.hand_over(message, before_words=before_words)
    except Lost:
        return ""
    return _answered(letter, answer, now, holds=words.holds)


def _unwanted(letter: Letter, wishes: Preference) -> str:
    """Why its reader gets no such letter; empty when they do."""
    occasion = letters[letter.occasion]
    if letter.person is not None and not letter.person.is_active:
        return "closed_account"
    stopped = not wishes.letters_wanted or occasion.group in wishes.unwanted
    return "not_wanted" if occasion.may_be_left and stopped else ""


def _written(letter: Letter, now: datetime) -> tuple[Words | None, str]:
    """The words and where they go; None and the reason when nothing is to be sent."""
    words = letters[letter.occasion].write(letter, now)
    if words is None:
        return None, "nothing_to_say"
    address = words.to or next((a for a in addresses_of(letter.person) if "@" in a), "")
    return (words, address) if address else (None, "no_address")


def _answered(letter: Letter, answer: Answer, now: datetime, *, holds: Sequence[int]) -> str:
    if answer.kind == "sent":
        return _end(letter, State.SENT, now, holds=holds)
    if answer.kind == "later":
        return _later(letter, str(answer.code or "no_line"), now)
    facts = {"letter": letter.pk, "occasion": letter.occasion, "code": answer.code}
    logger.warning("A letter was not taken", extra=facts)
    state = State.REFUSED if answer.kind == "refused" else State.UNKNOWN
    return _end(letter, state, now, error=str(answer.code or answer.kind))


def _later(letter: Letter, error: str, now: datetime) -> str:
    """Surely not sent: it goes again after a while, until it has been tried for long enough."""
    wait = conf.WAITS[min(letter.attempts, len(conf.WAITS)) - 1]
    if letter.expires_at is not None and now + wait >= letter.expires_at:
        return _end(letter, State.REFUSED, now, error=error)
    claims.finish(
        Letter, letter.pk, fence=letter.fence, to_state=State.DUE, due_at=now + wait, last_error=error,
        handed_at=None,
    )  # fmt: skip
    return State.DUE


def _end(letter: Letter, state: str, now: datetime, *, error: str = "", holds: Sequence[int] = ()) -> str:
    if not letters[letter.occasion].kept:
        Letter.objects.filter(pk=letter.pk, fence=letter.fence).delete()
    else:
        claims.finish(
            Letter,
            letter.pk,
            fence=letter.fence,
            to_state=state,
            last_error=error,
            sent_at=now if state == State.SENT else None,
            sealed="",
        )
    if letter.occasion == DIGEST and state in (State.SENT, State.CANCELLED):
        let_go(letter, sent=holds, now=now)
    audit.write(f"letter.{state}", by=None, thing=f"letter:{letter.pk}", occasion=letter.occasion, why=error)
    return state

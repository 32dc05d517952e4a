"""The register's door: enter a line with the act itself; one job chains what was entered."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from foundation import clock, outbox
from foundation.locks import only_one
from foundation.models import Outbox
from records import kinds, verify
from records.models import WAITING, Record

BATCH = 500
LEASE = timedelta(minutes=5)


class LineLost(RuntimeError):
    """Another job took lines while this one chained them: nothing of it is kept."""


@dataclass(frozen=True)
class Head:
    """The newest line: whoever keeps its hash can later prove that nothing before it was changed."""

    seq: int
    hash: str
    at: datetime | None

    def __str__(self) -> str:
        return f"{self.hash}:{self.seq}"


def enter(kind: str, *, agency: str = "", thing: str = "", **facts: Any) -> None:
    """Writes an act into the public register, in the caller's transaction: no commit, no line.

    `agency` and `thing` are codes; the facts and their types are declared in `records.kinds`. Raises BadInput for
    anything that is not a code, a count, a role, a hash or a date. The line carries this minute, not this second.
    """
    now = clock.now()
    payload = {
        "kind": kind,
        "agency": kinds.code("agency", agency),
        "thing": kinds.code("thing", thing),
        "body": kinds.checked(kind, facts),
        "at": now.replace(second=0, microsecond=0).isoformat(),
    }
    outbox.put(WAITING, payload, due_at=now)


def chain(now: datetime) -> int:
    """Chains what was entered, oldest first; gives how many lines were added.

    One job at a time, safe to run twice and to be killed: lines leave the outbox and enter the register in one
    transaction, and the database takes each number and each follower once.
    """
    added = 0
    with only_one("records.chain", now=now, ttl=LEASE) as ours:
        while ours:
            step = _chain_some()
            added += step
            if step < BATCH:
                break
    return added


def head() -> Head:
    """The newest line of the register; number 0 and zeros when there is none yet."""
    newest = Record.objects.order_by("-seq").values("seq", "hash", "at").first()
    return Head(**newest) if newest else Head(seq=0, hash=verify.GENESIS, at=None)


def fresh_salt() -> str:
    """A salt for one line, for whoever needs to prove later what stands in it."""
    return secrets.token_hex(32)


def salted(value: str, *, salt: str | None = None) -> str:
    """A hash of `value` that nobody can guess back: HMAC-SHA-256 under a salt of its own.

    Without `salt` a fresh one is used and thrown away: the hash then tells lines apart and nothing else.
    """
    key = salt if salt is not None else fresh_salt()
    return hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()


def _chain_some() -> int:
    with transaction.atomic():
        # The head is read before the lines: a job that was overtaken then meets a number that is taken, and
        # loses its whole transaction rather than writing a line twice.
        at_head = head()
        lines = list(Outbox.objects.filter(kind=WAITING).order_by("pk")[:BATCH])
        if not lines:
            return 0
        Record.objects.bulk_create(_following(at_head, [line.payload for line in lines]))
        removed, _by_model = Outbox.objects.filter(pk__in=[line.pk for line in lines]).delete()
        if removed != len(lines):
            raise LineLost(f"{len(lines)} lines were chained and {removed} taken from the outbox")
        return len(lines)


def _following(at_head: Head, payloads: list[dict[str, Any]]) -> list[Record]:
    seq, prev_hash = at_head.seq, at_head.hash
    records = []
    for payload in payloads:
        at = datetime.fromisoformat(payload["at"]).astimezone(UTC)
        record = Record(**{**payload, "at": at}, seq=seq + 1, prev_hash=prev_hash)
        record.hash = verify.fingerprint(record.fields())
        records.append(record)
        seq, prev_hash = record.seq, record.hash
    return records

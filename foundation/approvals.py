"""Four eyes: nobody approves words that they wrote, mended or submitted since the last approved version.

The database says so too, on both engines: a CHECK, a UNIQUE and triggers (migration 0002), also for rows that
are put in by hand. The hash is over the canonical words, never over a revision's number.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from foundation import locks
from foundation.errors import NotAllowed, WrongState
from foundation.models import Approval, Writer
from foundation.prepared import prepared

SECOND_PERSON = "second_person"


def canonical_sha256(words: Any) -> str:
    """The fingerprint of a set of words: the same for the same words, however keys or accents are ordered.

    Strings in Unicode's NFC, keys sorted, no spaces, UTF-8, moments in UTC. Takes what JSON knows, and dates,
    Decimal and UUID; anything else raises TypeError, and NaN raises ValueError.
    """
    text = json.dumps(
        _composed(words), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def note_writer(kind: str, thing: str | int, *, person: int, sha256: str) -> None:
    """Remembers that this person's change made these words. Saying it twice changes nothing."""
    with transaction.atomic():
        locks.serialise(_name(kind, thing))
        Writer.objects.get_or_create(
            kind=kind,
            thing=str(thing),
            person=person,
            sha256=sha256,
            since_approval=_newest(kind, thing),
        )


def writers_since_approval(kind: str, thing: str | int, *, sha256: str | None = None) -> set[int]:
    """Keys of all who wrote since the last approval.

    With `sha256`, approvals of these same words do not count as the last one: whoever wrote them stays their
    writer through every further step.
    """
    since = _newest(kind, thing, but_not=sha256)
    found = Writer.objects.filter(kind=kind, thing=str(thing), since_approval__gte=since)
    return set(found.values_list("person", flat=True))


def written_since_approval(kind: str, words: Mapping[str, str], *, person: int) -> set[str]:
    """Of many things at once (thing to the hash of its words now): those that this person may not approve.

    As `writers_since_approval` says it of one, in two queries.
    """
    newest: dict[str, int] = {}
    approved = Approval.objects.filter(kind=kind, thing__in=words).values_list("thing", "sha256", "pk")
    for thing, sha256, pk in approved:
        if sha256 != words[thing]:
            newest[thing] = max(pk, newest.get(thing, 0))
    wrote = Writer.objects.filter(kind=kind, thing__in=words, person=person)
    return {
        thing
        for thing, since in wrote.values_list("thing", "since_approval")
        if since >= newest.get(thing, 0)
    }


def as_read(read: str, sha256: str) -> None:
    """Are the words that are decided about those that the person had before them? Ask it under the words' own lock.

    `read` is the hash that the person's page carried. Raises WrongState for another one, and for none.
    """
    if read != sha256:
        raise WrongState(
            _("The words have changed since you opened this page. Read them again, then decide.")
        )


def approve(
    kind: str,
    thing: str | int,
    *,
    sha256: str,
    step: str = SECOND_PERSON,
    submitted_by: int,
    approved_by: int,
    now: datetime,
) -> Approval:
    """Writes down a second person's yes to exactly these words; saying yes again gives the same row.

    Raises NotAllowed when they wrote or submitted the words, WrongState when somebody else has approved them.
    """
    with transaction.atomic():
        locks.serialise(_name(kind, thing))
        found = approval_for(kind, thing, sha256, step)
        if found is not None:
            return _same(found, approved_by)
        if approved_by == submitted_by:
            raise NotAllowed(_("You sent this for approval yourself. Somebody else has to approve it."))
        if approved_by in writers_since_approval(kind, thing, sha256=sha256):
            raise NotAllowed(_wrote_it())
        try:
            with transaction.atomic():
                return Approval.objects.create(
                    kind=kind,
                    thing=str(thing),
                    sha256=sha256,
                    step=step,
                    submitted_by=submitted_by,
                    approved_by=approved_by,
                    approved_at=now,
                )
        except IntegrityError as error:
            found = approval_for(kind, thing, sha256, step)
            if found is not None:
                return _same(found, approved_by)
            raise NotAllowed(_wrote_it()) from error


def approval_for(kind: str, thing: str | int, sha256: str, step: str = SECOND_PERSON) -> Approval | None:
    """The approval of exactly these words, or None."""
    return next(iter(_approval_for(kind, str(thing), sha256, step)), None)


@prepared
def _approval_for(kind: str, thing: str, sha256: str, step: str) -> "QuerySet[Approval]":
    return Approval.objects.filter(kind=kind, thing=thing, sha256=sha256, step=step).order_by("pk")[:1]


def _newest(kind: str, thing: str | int, *, but_not: str | None = None) -> int:
    approvals = Approval.objects.filter(kind=kind, thing=str(thing))
    if but_not is not None:
        approvals = approvals.exclude(sha256=but_not)
    return approvals.aggregate(newest=Max("pk"))["newest"] or 0


def _same(found: Approval, approved_by: int) -> Approval:
    if found.approved_by != approved_by:
        raise WrongState(_("Somebody else has already approved exactly these words."))
    return found


def _wrote_it() -> str:
    return _("You wrote or changed this since it was last approved. Somebody else has to approve it.")


def _name(kind: str, thing: str | int) -> str:
    # The trigger of migration 0002 takes the same lock by the same name.
    return f"approval:{kind}:{thing}"


def _composed(words: Any) -> Any:
    match words:
        case str():
            return unicodedata.normalize("NFC", words)
        case dict():
            composed = {unicodedata.normalize("NFC", str(key)): _composed(words[key]) for key in words}
            if len(composed) != len(words):
                raise ValueError("Two keys of the words are the same in Unicode's NFC.")
            return composed
        case list() | tuple():
            return [_composed(word) for word in words]
        case datetime() if words.tzinfo is not None:
            return words.astimezone(UTC).isoformat()
        case date():
            return words.isoformat()
        case Decimal() | UUID():
            return str(words)
        case _:
            return words

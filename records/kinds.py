"""What a line may say: for each kind its fields and their types. Anything else is refused.

A line holds codes, counts, roles, salted hashes and dates, never a person's words, name or handle, nor the name
of an official. A new kind is one entry here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.errors import BadInput

CODE = re.compile(r"(?![0-9 +.:-]{10,}$)[a-z0-9](?:[a-z0-9_.:-]{0,78}[a-z0-9])?")
"""A slug, a key or a short number; never ten figures and more, which could be somebody's telephone."""
ADDRESS = re.compile(r"https?://[a-z0-9.-]{1,100}(?::\d{1,5})?/[A-Za-z0-9@._~/-]{1,180}")
"""Where a post of an agency stands in public: no query, no name and password, nothing that could hold words."""
HASH = re.compile(r"[0-9a-f]{64}")
MOST = 2**53
"""Counts stay below what every reader of JSON keeps exactly."""
ROLES = frozenset(
    [
        "editor",
        "moderator",
        "analyst",
        "approver",
        "press_officer",
        "clerk",
        "duty_officer",
        "platform_admin",
        "ombuds",
        "auditor",
    ]
)


class Is(StrEnum):
    """The types a field can have."""

    ADDRESS = "address"
    CODE = "code"
    COUNT = "count"
    COUNTS = "counts"
    ROLE = "role"
    HASH = "hash"
    DATE = "date"


@dataclass(frozen=True)
class Kind:
    """One sort of line: its code, what it says to a reader, its fields, and which of them must be there."""

    key: str
    words: str | Promise
    fields: Mapping[str, Is] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()


FIELD_WORDS: dict[str, str | Promise] = {
    "accepted": _("accepted"),
    "address": _("address"),
    "asked": _("asked by"),
    "channel": _("channel"),
    "closes": _("closes"),
    "counts": _("counts"),
    "first_role": _("first role"),
    "held": _("held"),
    "language": _("language"),
    "opens": _("opens"),
    "participants": _("places in consultations"),
    "published": _("published"),
    "question": _("question"),
    "reason": _("reason"),
    "reasons": _("by reason"),
    "refused": _("refused"),
    "rejected": _("not published"),
    "repeated": _("repeated"),
    "reversed": _("reversed"),
    "role": _("role"),
    "second_role": _("second role"),
    "sha256": _("fingerprint of the words"),
    "subject": _("salted hash"),
    "switch": _("switch"),
    "upheld": _("upheld"),
    "voices": _("voices"),
    "votes": _("votes"),
}

_APPROVED = {"language": Is.CODE, "sha256": Is.HASH}
_SWITCH = {"switch": Is.CODE, "role": Is.ROLE, "reason": Is.CODE}
_DECIDED = dict.fromkeys(("published", "rejected", "held"), Is.COUNT)
_TAKEN_IN = dict.fromkeys(("accepted", "repeated", "refused"), Is.COUNT)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("agency_opened", _("An agency was opened")),
        Kind("consultation_registered", _("A consultation was registered"), {"opens": Is.DATE, "closes": Is.DATE}),
        Kind("consultation_opened", _("A consultation opened")),
        Kind("consultation_closed", _("A consultation closed"), {"voices": Is.COUNT}),
        Kind("consultation_withdrawn", _("A consultation was withdrawn"), {"reason": Is.CODE}, frozenset({"reason"})),
        Kind("wording_approved", _("A wording was approved by a second person"), _APPROVED, frozenset({"sha256"})),
        Kind("batch_taken_in", _("A batch of voices was taken in"), {**_TAKEN_IN, "sha256": Is.HASH},
             frozenset({"accepted", "sha256"})),
        Kind("contributions_decided", _("Contributions were decided"), {**_DECIDED, "reasons": Is.COUNTS}),
        Kind("decision_reviewed", _("The ombuds moderator looked at a decision again"),
             {"asked": Is.CODE, "upheld": Is.COUNT, "reversed": Is.COUNT, "reason": Is.CODE},
             frozenset({"asked", "reason"})),
        Kind("outcome_released", _("An outcome was released"), {**_APPROVED, "voices": Is.COUNT},
             frozenset({"sha256"})),
        Kind("post_sent", _("A post was sent"), {**_APPROVED, "channel": Is.CODE, "address": Is.ADDRESS},
             frozenset({"channel"})),
        Kind("post_withdrawn", _("A post was withdrawn"), {"channel": Is.CODE, "reason": Is.CODE},
             frozenset({"channel"})),
        Kind("person_erased", _("A person was erased"), {"participants": Is.COUNT}),
        Kind("pseudonym_opened", _("A pseudonym was opened by two people"),
             {"reason": Is.CODE, "first_role": Is.ROLE, "second_role": Is.ROLE, "subject": Is.HASH},
             frozenset({"reason", "first_role", "second_role"})),
        Kind("tally_final", _("A tally became final"),
             {"question": Is.CODE, "counts": Is.COUNTS, "votes": Is.COUNT, "voices": Is.COUNT, "sha256": Is.HASH}),
        Kind("switch_stopped", _("A switch was stopped"), _SWITCH, frozenset({"switch"})),
        Kind("switch_started", _("A switch was started again"), _SWITCH, frozenset({"switch"})),
    )
}  # fmt: skip


def checked(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they will stand in a line.

    Raises BadInput for an unknown kind or field, a missing field, or a value that is not of the field's type.
    The value itself is never repeated in the error: it may be what must not be written down.
    """
    declared = KINDS.get(kind)
    if declared is None:
        raise BadInput(_("The register knows no such kind of line."))
    if set(facts) - set(declared.fields):
        raise BadInput(_wrong(kind, sorted(set(facts) - set(declared.fields))[0]))
    if declared.needs - set(facts):
        raise BadInput(_wrong(kind, sorted(declared.needs - set(facts))[0]))
    return {name: _value(kind, name, declared.fields[name], value) for name, value in sorted(facts.items())}


def code(name: str, value: str) -> str:
    """A code, or nothing; raises BadInput for anything that could be words, a name or a handle."""
    if not isinstance(value, str) or (value and not CODE.fullmatch(value)):
        raise BadInput(_wrong("", name))
    return str(value)


def _value(kind: str, name: str, type_: Is, value: Any) -> Any:
    if type_ is Is.COUNTS and isinstance(value, Mapping):
        if all(isinstance(key, str) and CODE.fullmatch(key) and _is_count(n) for key, n in value.items()):
            return {str(key): int(value[key]) for key in sorted(value)}
    elif type_ is Is.COUNT and _is_count(value):
        return int(value)
    elif type_ is Is.DATE and isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    elif isinstance(value, str) and (
        (type_ is Is.CODE and CODE.fullmatch(value))
        or (type_ is Is.ADDRESS and ADDRESS.fullmatch(value))
        or (type_ is Is.ROLE and value in ROLES)
        or (type_ is Is.HASH and HASH.fullmatch(value))
    ):
        return str(value)
    raise BadInput(_wrong(kind, name))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST


def _wrong(kind: str, name: str) -> str:
    return _("A line of the register cannot be written: %(kind)s, %(name)s.") % {"kind": kind, "name": name}

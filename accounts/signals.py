"""What the threshold announces to the rooms above."""

from django.dispatch import Signal

code_issued = Signal()
"""A code was made for an address, after commit: `address: str, code: str, language: str, minutes: int, method: str`.

`method` is the key of the verification method: letters carry those of `email` alone.
"""

person_erased = Signal()
"""A person is being erased, in the same transaction: `person: Person, now: datetime`.

Each room cleans its own traces; name, addresses and roles are still there to be asked.
An error of one stops the whole.
"""

person_appointed = Signal()
"""A role was given: `membership: Membership`. Sent after commit."""

factor_changed = Signal()
"""A second factor was added or taken away: `person: Person, what: str, kind: str, key: int, now: datetime`.

In the same transaction: of what is gone no row is left by which the clock could find it. `what` is `added`,
`removed`, `forgotten` (all of them, by the operator) or `renewed` (the recovery codes); `kind` as in allauth.
"""

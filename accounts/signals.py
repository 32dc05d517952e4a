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

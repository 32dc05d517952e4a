"""What must not stay: letters of an erased person, and those whose time is over."""

from datetime import datetime

from accounts.models import Person
from accounts.verification.base import address_key, methods, older_address_keys
from foundation.errors import BadInput
from notifications.letters import letters
from notifications.models import Letter, Preference
from notifications.services.put import CODE


def forget_person(person: Person) -> None:
    """Removes all letters to a person, also codes under way to their mailboxes, and their wish for letters.

    In the transaction of the erasure, while addresses and name are still there to be asked.
    """
    Letter.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
    known = [*person.contact_points.filter(kind="email").values_list("address", flat=True), person.email]
    things = [thing for address in known if address for thing in _things(address)]
    Letter.objects.filter(occasion=CODE, thing__in=things).delete()


def expire(now: datetime) -> int:
    """Ends letters that nobody took in their time: codes go, the others are kept as refused. Says how many."""
    late = Letter.objects.filter(state=Letter.State.DUE, expires_at__lte=now)
    fleeting = [key for key, occasion in letters.items() if not occasion.kept]
    removed, _by_model = late.filter(occasion__in=fleeting).delete()
    return removed + late.update(state=Letter.State.REFUSED, sealed="")


def _things(address: str) -> list[str]:
    try:
        canonical = methods["email"].canonical(address)
    except BadInput:
        return []
    return [address_key("email", canonical), *older_address_keys("email", canonical)]

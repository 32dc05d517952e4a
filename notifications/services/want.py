"""Stopping letters, and getting them again."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit
from foundation.errors import NotFound
from notifications.models import Preference


def want_letters(person: int, *, wanted: bool, now: datetime) -> None:
    """Keeps whether somebody wants letters that can be stopped. Saying it twice changes nothing.

    Letters that are due are looked at again when they are sent. Raises NotFound for an account that is gone.
    """
    if not Person.objects.filter(pk=person, is_active=True).exists():
        raise NotFound(_("This account is not here any more, so no letters go to it."))
    Preference.objects.update_or_create(
        person_id=person, defaults={"letters_wanted": wanted, "changed_at": now}
    )
    audit.write("letters.wanted" if wanted else "letters.stopped", by=person, thing=f"person:{person}")

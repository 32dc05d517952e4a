"""Stopping letters, getting them again, and choosing which, how often, in which language."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit
from foundation.errors import BadInput, NotFound
from notifications.groups import GROUPS
from notifications.models import Preference
from notifications.ways import EMAIL, ways


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


def choose(
    person: int, *, unwanted: Iterable[str], pace: str, language: str, way: str = EMAIL.key, now: datetime
) -> None:
    """Keeps what letters somebody wants. Letters that are due are looked at again when they are sent.

    Raises BadInput for what cannot be chosen, NotFound for an account that is gone.
    """
    left_out = sorted(set(unwanted))
    known = set(left_out) <= set(GROUPS) and pace in Preference.Pace.values and way in ways
    if not known or (language and language not in dict(settings.LANGUAGES)):
        raise BadInput(_("This cannot be chosen. Please choose again."))
    if not Person.objects.filter(pk=person, is_active=True).exists():
        raise NotFound(_("This account is not here any more, so no letters go to it."))
    wanted = len(left_out) < len(GROUPS)
    Preference.objects.update_or_create(
        person_id=person,
        defaults={
            "letters_wanted": wanted,
            "unwanted": left_out if wanted else [],
            "pace": pace,
            "language": language,
            "way": way,
            "changed_at": now,
        },
    )
    audit.write("letters.chosen", by=person, thing=f"person:{person}", pace=pace, groups=len(left_out))

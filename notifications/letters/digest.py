"""The digest: what waited, in one letter. Each of it is asked again now, and what is no longer to be said is left out."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.groups import DIGEST
from notifications.letters import letters
from notifications.letters.base import Due, Part, Words, head, says
from notifications.models import Letter, Preference


class Digest:
    """To whoever wanted it so, or had enough letters this week."""

    key: ClassVar[str] = DIGEST
    group: ClassVar[str] = DIGEST
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        wishes = Preference.objects.filter(person_id=letter.person_id).first()
        unwanted = wishes.unwanted if wishes else []
        parts: list[Part] = []
        holds: list[int] = []
        waiting = Letter.objects.filter(digest_id=letter.pk, state=Letter.State.GATHERED) if letter.pk else []
        for each in sorted(waiting, key=lambda each: each.pk):
            occasion = letters[each.occasion]
            each.language = letter.language
            words = None if occasion.group in unwanted else occasion.write(each, now)
            if words is not None:
                parts += [head(words.subject), *_short(words)]
                holds.append(each.pk)
        if not holds:
            return None
        many = ngettext("%(n)d thing has happened", "%(n)d things have happened", len(holds)) % {
            "n": len(holds)
        }
        first = says(_("This is what has happened since our last letter."))
        return Words(subject=many, parts=[first, *parts], holds=holds)

    def missing(self, now: datetime) -> Iterable[Due]:
        return ()


def _short(words: Words) -> list[Part]:
    """What it is about, what was said in it, and the way to all of it."""
    said = [part for part in words.parts if part.kind in ("says", "quote")]
    ways = [part for part in words.parts if part.kind == "goes"]
    return [*said[:2], *ways[:1]]


letters.register(Digest())

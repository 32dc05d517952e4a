"""Why words are not shown, in words: codes stand in rows, the room that decides brings its closed list.

`say("personal_data", _("It names somebody who did not agree to it"))` at start; a code that nobody said is shown as
it stands, so that nothing is ever refused without any reason being seen.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_known: dict[str, Words] = {
    "gone_at_origin": _("It was taken away where it was first written"),
    "not_in_source": _("It was removed before it came here; answers to it were kept"),
    "empty_in_source": _("It came without words"),
    "person_erased": _("Its author erased their account"),
}


def say(code: str, reason: Words) -> None:
    """Gives a reason its words; the room that owns the code does it once, when it starts."""
    _known[code] = reason


def words(code: str) -> str:
    """The reason in the reader's language."""
    return str(_known[code]) if code in _known else code.replace("_", " ")

"""A second factor was added, removed, forgotten, or its recovery codes were renewed: to whose account it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from consultations.views import words
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, says
from notifications.models import Letter

SAID: dict[str, Promise] = {
    "added totp": gettext_lazy("An authenticator app was added to your account as a second factor."),
    "added webauthn": gettext_lazy("A passkey was added to your account as a second factor."),
    "removed totp": gettext_lazy("The authenticator app of your account was removed."),
    "removed webauthn": gettext_lazy("A passkey of your account was removed."),
    "forgotten ": gettext_lazy(
        "All second factors of your account were removed by the operator. You set up a new one when you sign in next."
    ),
    "renewed recovery_codes": gettext_lazy("New recovery codes were made. The old ones are good no more."),
}


class FactorChanged:
    """Also for changes by the person: if it was somebody else, this is how they hear of it. It cannot be stopped."""

    key: ClassVar[str] = "factor_changed"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        said = SAID.get(f"{letter.facts.get('what')} {letter.facts.get('kind')}")
        if said is None:
            return None
        return Words(
            subject=_("The second factor of your account was changed"),
            parts=[
                says(str(said)),
                says(_("It happened on %(moment)s.") % {"moment": words.minute(letter.created_at)}),
                says(_("If it was you, there is nothing to do.")),
                says(
                    _(
                        "If it was not: change your password, end your other sessions, "
                        "and tell a platform administrator at once."
                    )
                ),
                goes(_("See my second factors"), here("accounts:factors")),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        """It is put down in the transaction of the change itself, so none is ever missing."""
        return ()


def due(person: Person, what: str, kind: str, key: int) -> Due:
    """The letter about one change."""
    return Due(
        thing=f"factor:{key}:{what}",
        person=person.pk,
        language=language_of(person.language),
        facts={"what": what, "kind": kind},
    )


letters.register(FactorChanged())

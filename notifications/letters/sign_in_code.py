"""The code that signs somebody in. Its row is sealed, and gone once it is sent or no longer good."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.letters import letters
from notifications.letters.base import Due, Words, code, goes, here, says
from notifications.models import Letter
from notifications.sealing import unseal


class SignInCode:
    """Asked for by whoever typed an address; says the same to everybody, known or not."""

    key: ClassVar[str] = "sign_in_code"
    group: ClassVar[str] = "codes"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = False

    def write(self, letter: Letter, now: datetime) -> Words | None:
        sealed = unseal(letter.sealed)
        if not sealed or (letter.expires_at is not None and letter.expires_at <= now):
            return None
        minutes = int(sealed["minutes"])
        good_for = ngettext(
            "It is good for %(n)d minute, once, in the browser in which you asked for it.",
            "It is good for %(n)d minutes, once, in the browser in which you asked for it.",
            minutes,
        )
        return Words(
            subject=_("%(code)s is your code") % {"code": sealed["code"]},
            parts=[
                says(_("Here is the code that signs you in:")),
                code(sealed["code"]),
                says(good_for % {"n": minutes}),
                goes(
                    _("Fill it in for me"),
                    f"{here('accounts:confirm')}?{urlencode({'code': sealed['code']})}",
                ),
                says(_("If you did not ask for a code, do nothing. Nobody can come in without it.")),
                says(_("We never ring you for a code, and we never ask for a password.")),
            ],
            to=sealed["address"],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        """A code cannot be made again from its hash: whoever waits in vain asks for a new one."""
        return ()


letters.register(SignInCode())

"""Showing that a mobile number is one's own, by a code in a text message. Offered where SMS_URL names a gateway."""

import re
import unicodedata
from typing import ClassVar

from django.utils.translation import gettext as _

from accounts import conf
from accounts.verification.base import methods
from foundation.errors import BadInput

SPARE = re.compile(r"[\s().\-/\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What people write between the figures of a number."""


class Sms:
    """A six-digit code by text message."""

    key: ClassVar[str] = "sms"

    def is_offered(self) -> bool:
        """Where a gateway is set."""
        return bool(conf.sms_url())

    def fits(self, typed: str) -> bool:
        """Mostly figures, in whichever script."""
        plain = SPARE.sub("", unicodedata.normalize("NFKC", typed)).lstrip("+")
        return len(plain) >= 6 and all(sign.isdecimal() for sign in plain)

    def deliverable(self, typed: str) -> str:
        """The number as networks write it: a plus sign, the country, 8 to 15 figures in all (E.164).

        A number that begins with 0, or with none of these, is one of PHONE_COUNTRY. Raises BadInput.
        """
        plain = SPARE.sub("", unicodedata.normalize("NFKC", typed))
        plus, figures = plain.startswith("+"), plain.lstrip("+")
        if not figures or not all(sign.isdecimal() for sign in figures):
            raise BadInput(_("Please write a mobile number in figures, such as 98765 43210."))
        figures = "".join(str(unicodedata.digit(sign)) for sign in figures)
        country = conf.phone_country()
        if not plus:
            if figures.startswith("00"):
                figures = figures[2:]
            elif not (figures.startswith(country) and len(figures) > 10):
                figures = country + figures.lstrip("0")
        if not 8 <= len(figures) <= 15 or figures.startswith("0"):
            raise BadInput(_("We cannot send a text message to this number. Please check how it is written."))
        return f"+{figures}"

    def canonical(self, address: str) -> str:
        """The same: a number has one spelling here."""
        return self.deliverable(address)


methods.register(Sms())

"""Showing that a mailbox is one's own."""

import re
import unicodedata
from typing import ClassVar

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.verification.base import methods
from foundation.errors import BadInput

ONE_BOX = {"googlemail.com": "gmail.com"}
"""Domains whose mailboxes are those of another."""

DOTS_DO_NOT_COUNT = frozenset({"gmail.com"})
"""https://support.google.com/mail/answer/7436150: dots in a Gmail address lead to the same mailbox."""

UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that come along with copied text. Joiners stay: in some scripts they are part of a domain's name."""


class Email:
    """A six-digit code by letter."""

    key: ClassVar[str] = "email"

    def is_offered(self) -> bool:
        """Always."""
        return True

    def fits(self, typed: str) -> bool:
        """Whatever has an @ sign, also a wide one."""
        return "@" in unicodedata.normalize("NFKC", typed)

    def deliverable(self, typed: str) -> str:
        """The address without unseen characters, its domain in the spelling that mail servers use.

        Raises BadInput.
        """
        plain = UNSEEN.sub("", unicodedata.normalize("NFKC", typed)).strip()
        local, at, domain = plain.rpartition("@")
        if not (local and at and domain):
            raise BadInput(_("Please write an e-mail address with an @ sign, such as name@example.org."))
        try:
            ascii_domain = idna.encode(domain.rstrip("."), uts46=True).decode("ascii").lower()
            address = f"{local}@{ascii_domain}"
            validate_email(address)
        except (idna.IDNAError, UnicodeError, ValidationError) as error:
            raise BadInput(
                _("We cannot send a letter to this address. Please check how it is written.")
            ) from error
        if local.startswith('"') or len(address) > 254:
            raise BadInput(_("We cannot send a letter to this address. Please use another one."))
        return address

    def canonical(self, address: str) -> str:
        """Lower case, without the part behind a plus sign, and without dots where they do not count."""
        local, _at, domain = self.deliverable(address).lower().rpartition("@")
        domain = ONE_BOX.get(domain, domain)
        bare = local.split("+", 1)[0] or local
        if domain in DOTS_DO_NOT_COUNT:
            bare = bare.replace(".", "") or bare
        return f"{bare}@{domain}"


methods.register(Email())

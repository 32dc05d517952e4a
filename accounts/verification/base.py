"""What a verification method declares, and the registry of them."""

import hmac
from typing import ClassVar, Protocol

from django.conf import settings
from django.utils.crypto import salted_hmac

from foundation.registry import Registry


class Method(Protocol):
    """A kind of address to which a code can be sent."""

    key: ClassVar[str]

    def is_offered(self) -> bool:
        """Can codes be sent this way here and now? A method that needs a setting is not offered without it."""

    def fits(self, typed: str) -> bool:
        """Does it look as if an address of this kind was meant? At most one method says so."""

    def deliverable(self, typed: str) -> str:
        """The typed address as it is written to; raises BadInput in plain words when it cannot be one."""

    def canonical(self, address: str) -> str:
        """The plainest spelling of a deliverable address: the same for every spelling of one mailbox."""


methods: Registry[Method] = Registry("verification method")


def method_for(typed: str) -> Method:
    """The method whose kind of address was typed; e-mail, which says best what is wrong, when none fits."""
    offered = (method for method in methods.values() if method.is_offered() and method.fits(typed))
    return next(offered, methods["email"])


def address_key(method: str, canonical: str) -> str:
    """Keyed hash of an address in its plainest spelling: 64 hex digits, useless without the key."""
    return _hashed("address", f"{method}:{canonical}", settings.SECRET_KEY)


def older_address_keys(method: str, canonical: str) -> list[str]:
    """What `address_key` said under former keys (SECRET_KEY_FALLBACKS), so that a new key loses nobody."""
    return [_hashed("address", f"{method}:{canonical}", key) for key in settings.SECRET_KEY_FALLBACKS]


def code_hash(code: str, browser_key: str) -> str:
    """Hash of a code for one browser; a stolen table of them cannot be tried out without the key."""
    return _hashed("code", f"{browser_key}:{code}", settings.SECRET_KEY)


def browser_hash(kept: str) -> str:
    """Hash of what a browser's session keeps while it waits for its code."""
    return _hashed("browser", kept, settings.SECRET_KEY)


def same(one: str, other: str) -> bool:
    """Equal, found out in the same time whatever the answer."""
    return hmac.compare_digest(one, other)


def _hashed(purpose: str, value: str, secret: str | bytes) -> str:
    return salted_hmac(f"accounts.{purpose}", value, secret=secret, algorithm="sha256").hexdigest()

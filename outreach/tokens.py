"""Tokens of accounts: sealed at rest, opened only just before a call. Keys can be changed one after the other."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.utils.translation import gettext as _

from foundation.http import AuthExpired
from outreach import conf


def seal(token: str) -> str:
    """The token as it is stored; an empty one stays empty."""
    return _fernet().encrypt(token.encode()).decode() if token else ""


def unseal(sealed: str) -> str:
    """The token itself. Raises AuthExpired when no key of ours opens it: then the account is connected again."""
    if not sealed:
        return ""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise AuthExpired(_("We can no longer read the key of this account.")) from None


def sealed_anew(sealed: str) -> str:
    """The same token under the newest key."""
    return _fernet().rotate(sealed.encode()).decode() if sealed else ""


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in conf.token_keys()])

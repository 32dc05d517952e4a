"""What a letter must carry but no row may show: sealed at rest, opened only to write the letter."""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from notifications import conf


def seal(facts: dict[str, Any]) -> str:
    """The facts as they are stored."""
    return _fernet().encrypt(json.dumps(facts).encode()).decode()


def unseal(sealed: str) -> dict[str, Any]:
    """The facts themselves; nothing when no key of ours opens them any more."""
    try:
        found: dict[str, Any] = json.loads(_fernet().decrypt(sealed.encode()))
    except InvalidToken:
        return {}
    return found


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in conf.sealing_keys()])

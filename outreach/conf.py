"""The settings of this room, with their defaults and where they come from.

TOKEN_KEYS (environment, comma separated, newest first): keys that seal the tokens of accounts; without it they
are made from SECRET_KEY. KILL_SWITCH_FILE: while this file is there, nothing is sent.
"""

import base64
import hashlib
from datetime import timedelta
from pathlib import Path

from django.conf import settings

LEASE = timedelta(seconds=30)
"""How long a worker may take for one call before another looks what became of it; longer than any call."""
LETTER_LEASE = timedelta(seconds=120)
"""The same for a letter: a mail server may take its time at each of its steps."""
BLOCKED = timedelta(minutes=1)
"""How long a delivery waits that a stop or a broken account holds back."""
MOST_TRIES = 10
"""After so many a person is asked."""
WATCHED_FOR = timedelta(days=60)
"""How long replies to a post are listened for."""
WATCHED_AT_ONCE = 20
"""How many posts of an account one look listens to."""
CHECKED_AT_ONCE = 10
"""How many replies of an account one look asks about: whether they still stand at their origin."""
HEALTH_AT_ONCE = 20
"""How many accounts one look asks how they are."""
CHECKED_EVERY = timedelta(hours=6)
"""How long after it worked an account is asked again."""
CHECKED_AGAIN = timedelta(minutes=5)
"""The same after it failed once; twice as long after each further failure, up to `CHECKED_EVERY`."""
ILL_AFTER = timedelta(hours=1)
ILL_AFTER_FAILURES = 3
"""An account is ill when it failed so often and nothing worked on it for so long."""
ENDS_SOON = timedelta(days=7)
"""So long before a token ends its officers are told."""
BATCH = 50
"""How many deliveries one look sends."""
AT_MOST_SECONDS = 20
"""After so long a look ends, though more is due: the next one goes on, and others get their turn."""


def token_keys() -> list[bytes]:
    """Fernet keys, the newest first. Every string is a good key: it is hashed to the right length."""
    given = list(settings.TOKEN_KEYS) or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_key(value) for value in given]


def kill_switch_file() -> Path:
    """The file whose presence stops everything, also when the database cannot be asked."""
    return Path(settings.KILL_SWITCH_FILE)


def _key(value: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"outreach.tokens:" + value.encode()).digest())

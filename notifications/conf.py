"""This room's settings, with their defaults."""

import base64
import hashlib
from datetime import timedelta

from django.conf import settings

LEASE = timedelta(minutes=3)
"""How long one letter may take before another worker looks what became of it; longer than any mail server."""
BATCH = 400
"""How many letters one look sends."""
LOOKS_BACK = timedelta(days=2)
"""How far back the clock looks for letters whose nudge was lost."""
OUTCOMES_LOOK_BACK = timedelta(days=14)
"""The same for outcomes, whose letters are many."""
CLOCKS_DIFFER = timedelta(seconds=30)
"""A worker whose clock is behind by so much still finds a fresh letter due, and a code leaves at once."""
GIVES_UP = timedelta(days=3)
"""After so long a letter that no server wants to take now is given up."""
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
"""How long it waits after each "come again later"; the last one from then on."""
DIGEST_HOUR = 7
"""At which hour of the house's time digests go out; those of a week on Mondays."""
MOST_IN_DIGEST = 30
"""How many letters one digest holds; the others go in the next."""
SHOWN_IN_MAILBOX = 30
"""How many letters the development mailbox shows."""


def letters_a_week() -> int:
    """LETTERS_PER_WEEK: how many letters that can be stopped go to one person in seven days; the rest is gathered."""
    return int(getattr(settings, "LETTERS_PER_WEEK", 10))


def mailbox() -> str:
    """MAILBOX_DIR: the folder with letters that are not sent, on a developer's machine; empty elsewhere."""
    return str(getattr(settings, "MAILBOX_DIR", "") or "")


def sealing_keys() -> list[bytes]:
    """Fernet keys for what must not rest in clear, newest first: TOKEN_KEYS, else made from SECRET_KEY."""
    given = list(settings.TOKEN_KEYS) or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        base64.urlsafe_b64encode(hashlib.sha256(b"notifications.letters:" + key.encode()).digest())
        for key in given
    ]

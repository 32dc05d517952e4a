"""Who did what, for the operator's log: codes and keys, never a person's words, name or address."""

import logging
from functools import partial
from typing import Any

from django.db import transaction

logger = logging.getLogger("audit")


def write(act: str, *, by: int | None, thing: str, **facts: Any) -> None:
    """Writes one structured line after commit: the act, the acting person's key (None: the clock), the thing.

    `facts` are codes, counts and keys. Nothing is written when the transaction is rolled back.
    """
    transaction.on_commit(
        partial(logger.info, act, extra={"act": act, "by": by, "thing": thing, "facts": facts}), robust=True
    )

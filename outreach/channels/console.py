"""The console: writes posts into the log. So the whole house runs without the outside."""

import logging
from datetime import date

from django.utils.translation import gettext_lazy as _

from outreach.channels import register
from outreach.channels.base import Attempt, Basic, Caps, Part, Receipt, Verified

logger = logging.getLogger(__name__)


class Console(Basic):
    """For a developer's machine and for trying a post out: nothing leaves the house."""

    key = "console"
    label = _("Log of this machine")
    caps = Caps(
        limit=None,
        counts=_("any length"),
        threads=True,
        verified=Verified(how=Verified.OURS, by="Python logging", source="", on=date(2026, 11, 21)),
    )

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        logger.info(
            "post",
            extra={"key": attempt.idempotency_key, "part": part.number, "of": part.of, "words": part.text},
        )
        return Receipt(remote_id=attempt.idempotency_key)


register(Console())

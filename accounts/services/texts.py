"""Text messages with codes: a row, sealed, sent once it is committed, gone when it was handed over."""

import json
import logging
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import TextMessage
from accounts.sealing import seal, unseal
from accounts.verification._gateways import hand_over
from accounts.verification.base import address_key
from foundation import claims
from foundation.errors import OutsideError
from foundation.http import RateLimited, Unknown

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
AGAIN = timedelta(seconds=20)
AT_ONCE = 200


def put_text(*, address: str, code: str, language: str, minutes: int, now: datetime) -> int:
    """Puts down a message with a code; an older one to the same number goes. Gives its key."""
    key = address_key("sms", address)
    sealed = seal(json.dumps({"to": address, "text": _words(code, language, minutes)}))
    with transaction.atomic():
        TextMessage.objects.filter(address_key=key).delete()
        row = TextMessage.objects.create(
            address_key=key, sealed=sealed, due_at=now, expires_at=now + timedelta(minutes=minutes)
        )
    return row.pk


def send_texts(*, now: datetime) -> int:
    """Hands over what is due, forgets what is no longer good; says how many were taken. For worker and clock."""
    TextMessage.objects.filter(expires_at__lte=now).delete()
    due = claims.pick(TextMessage, now=now, limit=AT_ONCE)
    return sum(send_text(number, now=now) for number in due)


def send_text(number: int, *, now: datetime) -> bool:
    """Hands one message over. What is refused for good stays as failed until it expires, so that a page can say so."""
    fence = claims.claim(TextMessage, number, now=now, lease=LEASE)
    row = TextMessage.objects.filter(pk=number).first() if fence is not None else None
    if fence is None or row is None:
        return False
    try:
        words = json.loads(unseal(row.sealed))
        hand_over(words["to"], words["text"], key=f"samvad-{row.pk}-{row.address_key[:16]}")
    except RateLimited as error:
        _later(number, fence, "rate_limited", max(error.until, now + AGAIN))
    except Unknown:
        # The same code twice harms nobody; a code that never came does.
        _later(number, fence, "unknown", now + AGAIN)
    except (OutsideError, InvalidToken) as error:
        logger.warning("A text message was not taken", extra={"text": number, "kind": type(error).__name__})
        claims.finish(
            TextMessage, number, fence=fence, to_state=claims.FAILED, last_error=type(error).__name__
        )
    else:
        TextMessage.objects.filter(pk=number, fence=fence).delete()
        return True
    return False


def is_stuck(key: str) -> bool:
    """Did the gateway refuse the message to this number (its keyed hash), or has it not answered so far?"""
    rows = TextMessage.objects.filter(address_key=key)
    return rows.filter(state=claims.FAILED).exists() or rows.exclude(last_error="").exists()


def _later(number: int, fence: int, why: str, until: datetime) -> None:
    logger.warning("A text message waits", extra={"text": number, "kind": why})
    claims.finish(TextMessage, number, fence=fence, to_state=claims.DUE, last_error=why, due_at=until)


def _words(code: str, language: str, minutes: int) -> str:
    with translation.override(language or None):
        good_for = ngettext("Good for %(n)d minute.", "Good for %(n)d minutes.", minutes) % {"n": minutes}
        told = _("%(code)s is your code. We never ring you for it.") % {"code": code}
        return f"{told} {good_for}"

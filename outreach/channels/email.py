"""The newsletter: one message to each reader, so nobody sees another's address."""

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.errors import OutsideError, Words
from foundation.http import AuthExpired, Refused, Unknown
from outreach.channels import register
from outreach.channels.base import (
    Account,
    Attempt,
    Basic,
    Caps,
    NotNow,
    Part,
    Problem,
    Receipt,
    Standing,
    Verified,
)

SUBJECT_READS_WELL = 78
GREYLISTED = timedelta(minutes=15)


class Email(Basic):
    """By SMTP, as the portal's settings say.

    The Message-ID is made from the delivery's frozen key, so a mail system that gets a letter twice can
    know it. An answer of 4xx is tried again later; 5xx is for good.
    """

    key = "email"
    label = _("Newsletter by e-mail")
    caps = Caps(
        limit=None,
        counts=_("any length"),
        titled=True,
        one_by_one=True,
        verified=Verified(
            how=Verified.REAL,
            by="aiosmtpd 1.4",
            source="https://www.rfc-editor.org/rfc/rfc8058",
            on=date(2026, 11, 21),
        ),
    )

    def validate(self, parts: Sequence[Part], *, limit: int | None = None) -> list[Problem]:
        problems = super().validate(parts, limit=limit)
        for part in parts:
            if not part.title:
                problems.append(Problem(part.number, _("A letter needs a subject.")))
            elif len(part.title) > SUBJECT_READS_WELL:
                problems.append(
                    Problem(part.number, _("Many readers will see the subject cut off."), stops=False)
                )
        return problems

    def check(self, account: Account) -> Standing:
        connection = get_connection()
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError as error:
            raise AuthExpired(gettext("The mail server does not accept our name and password.")) from error
        except (OSError, smtplib.SMTPException) as error:
            raise OutsideError(gettext("The mail server could not be reached.")) from error
        finally:
            _close(connection)
        return super().check(account)

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        connection = get_connection()
        try:
            _open(connection, attempt)
            message = letter(part, attempt)
            message.connection = connection
            _send(message, attempt)
        finally:
            _close(connection)
        return Receipt(remote_id=message_id(attempt))


def _open(connection: Any, attempt: Attempt) -> None:
    """Until we are let in, nothing was sent."""
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise AuthExpired(gettext("The mail server does not accept our name and password.")) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _later(attempt, _("The mail server could not be reached.")) from error


def _send(message: EmailMessage, attempt: Attempt) -> None:
    """An answer with a code is definite; a line that goes dead is not."""
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = min(code for code, _words in error.recipients.values())
        raise _answer(code, attempt) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, attempt) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown(gettext("The mail server went away while we were sending.")) from error


def letter(part: Part, attempt: Attempt) -> EmailMessage:
    """The message as it goes out, with the way to leave the list in its headers and at its foot. Pure."""
    host = _host()
    with translation.override(part.language):
        foot = gettext("You get this letter because you asked for it. To leave the list: %(address)s") % {
            "address": attempt.leave_url
        }
    headers = {
        "Message-ID": message_id(attempt),
        "List-Id": f"<{attempt.account.name or 'newsletter'}.{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": part.language,
    }
    if attempt.leave_url:
        headers["List-Unsubscribe"] = f"<{attempt.leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=" ".join(part.title.split()),
        body=f"{part.text}\n\n-- \n{foot}\n" if attempt.leave_url else f"{part.text}\n",
        from_email=attempt.account.sender or settings.DEFAULT_FROM_EMAIL,
        to=[attempt.recipient],
        headers=headers,
    )


def message_id(attempt: Attempt) -> str:
    """The same for each try of a delivery (RFC 5322)."""
    return f"<{attempt.idempotency_key}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _answer(code: int, attempt: Attempt) -> Exception:
    if 400 <= code < 500:
        return _later(attempt, _("The mail server asked us to come again later."))
    return Refused(code, gettext("The mail server refused this letter for good."))


def _later(attempt: Attempt, words: Words) -> NotNow:
    return NotNow(words, until=attempt.now + GREYLISTED)


def _close(connection: Any) -> None:
    with suppress(OSError, smtplib.SMTPException):
        connection.close()


register(Email())

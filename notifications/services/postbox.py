"""The line to the mail server, kept open over several letters, and what it answers to each."""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from foundation.errors import OutsideError

logger = logging.getLogger(__name__)


class Closed(OutsideError):
    """The mail server cannot be reached or does not let us in: surely nothing was sent."""


class Lost(Exception):
    """The letter is no longer ours: somebody else took it over, or its reader was erased."""


@dataclass(frozen=True)
class Answer:
    """What became of a letter: `sent`, `refused` (for good), `later` (surely not sent) or `unknown`.

    `code` is the server's number; its words are left out, because they repeat the address.
    """

    kind: str
    code: int = 0


class Postbox:
    """Django's mail connection, with one thing added: we know whether the words began to be handed over."""

    def __init__(self) -> None:
        self._line: Any = None

    def open(self) -> None:
        """Makes sure that the line is alive. Raises Closed."""
        try:
            if self._line is not None and not self._answers():
                self.close()
            if self._line is None:
                self._line = get_connection()
            self._line.open()
        except OSError as error:
            self.close()
            logger.warning("The mail server cannot be reached", extra={"error": type(error).__name__})
            raise Closed("The mail server cannot be reached.") from error

    def hand_over(self, message: EmailMultiAlternatives, *, before_words: Callable[[], None]) -> Answer:
        """Sends one letter. `before_words` is called just before its words leave us, and may raise Lost."""
        began = False

        def begin() -> None:
            nonlocal began
            before_words()
            began = True

        try:
            self._watch(begin)
            message.connection = self._line
            message.send()
        except Lost:
            self.close()
            raise
        except smtplib.SMTPRecipientsRefused as error:
            return self._answered(min(code for code, _words in error.recipients.values()))
        except smtplib.SMTPResponseException as error:
            return self._answered(error.smtp_code)
        except OSError:
            self.close()
            return Answer("unknown" if began else "later")
        except ValueError:
            return Answer("refused")
        return Answer("sent")

    def close(self) -> None:
        """Hangs up; what goes wrong with that changes nothing."""
        if self._line is not None:
            with suppress(OSError):
                self._line.close()
            self._line = None

    def _answered(self, code: int) -> Answer:
        """4xx means "come again later", 5xx "never"; anything else is no answer."""
        if code == 421:
            self.close()
        if 400 <= code < 500:
            return Answer("later", code)
        return Answer("refused" if 500 <= code < 600 else "unknown", code)

    def _answers(self) -> bool:
        talk = getattr(self._line, "connection", None)
        if not isinstance(talk, smtplib.SMTP):
            return True
        with suppress(OSError):
            return talk.noop()[0] == 250
        return False

    def _watch(self, begin: Callable[[], None]) -> None:
        """Calls `begin` before the words: at DATA where there is a conversation, else at once."""
        talk = getattr(self._line, "connection", None)
        if not isinstance(talk, smtplib.SMTP):
            begin()
            return

        def data(words: Any) -> tuple[int, bytes]:
            begin()
            return smtplib.SMTP.data(talk, words)

        talk.data = data  # type: ignore[method-assign, assignment]

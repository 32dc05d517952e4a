"""A real SMTP server that keeps every letter and refuses whom it is told to refuse.

with mail_server() as post:
    post.url                                   # smtp://127.0.0.1:PORT, for MAIL_URL
    post.answer("grey@x.test", "451 4.7.1 try later", times=1)
    post.answer("gone@x.test", "550 5.1.1 no such user")
    post.to("asha@x.test")                     # letters, oldest first, parsed
    post.wait_for("asha@x.test", count=1)
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.process import free_port, wait_until

FOREVER = 1_000_000


@dataclass(frozen=True)
class Letter:
    """One letter as it came: whom the envelope named, and the parsed message."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        """The plain part, decoded; empty when there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part, decoded; empty when there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


class PostOffice:
    """What the server took, refused and was asked."""

    def __init__(self, port: int, *, wants_sign_in: bool = False) -> None:
        self.port, self.wants_sign_in = port, wants_sign_in
        self.letters: list[Letter] = []
        self.asked: list[str] = []
        self._lock = threading.Lock()
        self._answers: dict[str, tuple[str, int]] = {}

    @property
    def url(self) -> str:
        """MAIL_URL of this server."""
        return f"smtp://127.0.0.1:{self.port}"

    def answer(self, address: str, line: str, *, times: int = FOREVER) -> None:
        """Answers `RCPT TO:<address>` with `line` ("451 …", "550 …") the next `times` times."""
        with self._lock:
            self._answers[address.lower()] = (line, times)

    def to(self, address: str) -> list[Letter]:
        """The letters that an address received, oldest first."""
        wanted = address.lower()
        return [letter for letter in list(self.letters) if wanted in (r.lower() for r in letter.recipients)]

    def wait_for(self, address: str, *, count: int = 1, seconds: float = 30) -> list[Letter]:
        """Waits until an address has at least `count` letters, and returns them."""
        what = f"{count} letters to {address}"
        wait_until(lambda: len(self.to(address)) >= count, seconds=seconds, what=what)
        return self.to(address)

    def empty(self) -> None:
        """Forgets the letters and the answers."""
        with self._lock:
            self.letters.clear()
            self.asked.clear()
            self._answers.clear()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by aiosmtpd for the sender."""
        if self.wants_sign_in and not session.authenticated:
            return "530 5.7.0 sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by aiosmtpd for each recipient."""
        with self._lock:
            self.asked.append(address)
            line, left = self._answers.get(address.lower(), ("", 0))
            if left > 0:
                self._answers[address.lower()] = (line, left - 1)
                return line
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with the letter."""
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        message = message_from_bytes(raw, policy=policy.default)
        assert isinstance(message, EmailMessage)
        with self._lock:
            self.letters.append(Letter(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))
            return f"250 2.0.0 kept as {len(self.letters)}"


@contextmanager
def mail_server(user: str = "", password: str = "") -> Iterator[PostOffice]:
    """Starts the server; with `user` it wants a sign-in (AUTH)."""
    office = PostOffice(free_port(), wants_sign_in=bool(user))

    def known(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    sign_in = {"authenticator": known, "auth_require_tls": False} if user else {}
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **sign_in)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()

"""What can go wrong, in words a person may read: services raise it, `middleware.PlainErrors` shows it."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class PortalError(Exception):
    """Something the reader is told about plainly: `message` is shown, `page_status` is the page's status."""

    status = 400
    title: Words = _("That did not work")

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)

    @property
    def page_status(self) -> int:
        """The HTTP status of the page that tells about it."""
        return self.status


class BadInput(PortalError):
    """What was sent cannot be read or is not allowed here."""

    title = _("We could not read that")


class NotAllowed(PortalError):
    """This person may not do this, here or now."""

    status = 403
    title = _("You may not do this")


class NotFound(PortalError):
    """There is no such thing, or it is not for this reader."""

    status = 404
    title = _("This page is not here")


class WrongState(PortalError):
    """The thing has moved on: what was asked fits an earlier moment."""

    status = 409
    title = _("This has changed meanwhile")


class OutsideError(PortalError):
    """A service outside the house failed. `permanent` says that trying the same again is useless.

    `until` is set when the outside asked us to wait; the page then says `Retry-After`.
    """

    title = _("A service we rely on did not answer")
    until: datetime | None = None

    def __init__(self, message: Words, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.status = 502 if permanent else 503

    @property
    def page_status(self) -> int:
        """502 when it is for good, 503 when it may pass; never the outside's own status."""
        return 502 if self.permanent else 503

"""Ready-made letters for tests of sending, and servers that go away in the middle."""

from datetime import datetime

from notifications import services
from notifications.letters.receipt import due
from notifications.models import Letter
from tests.factories.consultations import open_response


def receipt_for(consultation, somebody, now: datetime) -> Letter:
    """A receipt that is due, for a response of this person."""
    response = open_response(consultation, somebody).response
    (key,) = services.put("receipt", [due(response)], now=now)
    return Letter.objects.get(pk=key)


def goes_dead_after_words(office) -> None:
    """The server takes the letter, and the line is cut before it says so."""
    keep = office.handle_DATA

    async def handle(server, session, envelope):
        await keep(server, session, envelope)
        server.transport.abort()
        return "250 never heard"

    office.handle_DATA = handle


def goes_dead_before_words(office) -> None:
    """The line is cut when the reader is named, before any words."""

    async def handle(server, session, envelope, address, options):
        server.transport.abort()
        return "250 never heard"

    office.handle_RCPT = handle


def answers_after_words(office, line: str) -> None:
    """The server hears the words and answers with this line."""

    async def handle(server, session, envelope):
        return line

    office.handle_DATA = handle

"""A real mail server, a consultation with people in it, and a moment."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from foundation import clock
from tests.factories.consultations import choice, free_text, ideas, released_consultation
from tests.servers.fixtures import here
from tests.servers.mail import PostOffice, mail_server


@pytest.fixture
def post(settings) -> Iterator[PostOffice]:
    """The mail server to which the house's letters go."""
    with here(mail_server) as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 5
        yield office


@pytest.fixture
def now() -> datetime:
    """This moment; the database's clock decides who may answer, so it is the real one."""
    return clock.now()


@pytest.fixture
def consultation(db):
    """Open for answers, with a question in one's own words, a choice and ideas."""
    return released_consultation(
        title="Water at night",
        questions=[free_text("Why?"), choice("When?"), ideas("What else?")],
        editor=None,
    )

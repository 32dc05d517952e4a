"""What most tests of this room begin with: a consultation that asks for ideas, and ideas in it."""

import pytest

from consultations.models import Consultation, Contribution, Question
from consultations.services import publish
from foundation import clock
from ideas import services
from tests.factories.consultations import ideas, released_consultation


@pytest.fixture
def asked(db) -> Consultation:
    """Open, and asking for ideas that are shown once a moderator has read them."""
    return released_consultation(title="Water at night", questions=[ideas("What should we try first?")])


@pytest.fixture
def question(asked) -> Question:
    return asked.questions.select_related("consultation__agency", "phase").get()


def proposed(
    question, person, title="A tap at the market", text="One tap and a drain.", tags=(), language="en"
):
    """An idea as it came in."""
    came = services.propose(
        question, person=person, title=title, text=text, tags=tags, language=language, now=clock.now()
    )
    return came.response.contributions.get()


def shown(question, person, title="A tap at the market", text="One tap and a drain.", **more) -> Contribution:
    """An idea that everybody can read."""
    return publish(proposed(question, person, title, text, **more), by=None, now=clock.now())


def said(parent, person, text="Yes, near the gate.", language="en") -> Contribution:
    """A comment that everybody can read."""
    came = services.comment(parent, person=person, text=text, language=language, now=clock.now())
    return publish(came.response.contributions.get(), by=None, now=clock.now())

"""What most tests of this room begin with: words that came in, and their case on the desk."""

import pytest

from accounts.services import open_account
from consultations.models import Consultation, Contribution
from consultations.services import Saying, Terms, submit
from foundation import clock
from moderation import services
from moderation.models import Case
from tests.factories.consultations import ideas, open_idea, released_consultation


@pytest.fixture(autouse=True)
def _chance_draws_nothing(settings) -> None:
    """A test that is about chance says so itself."""
    settings.REVIEWED_UNASKED_PERCENT = 0


@pytest.fixture
def asked(db) -> Consultation:
    """Open, and read by a moderator before anything is shown."""
    return released_consultation(title="Water at night", questions=[ideas("What should we try?")])


@pytest.fixture
def at_once(db) -> Consultation:
    """Open; words are shown at once and read afterwards."""
    return released_consultation(title="Streets", questions=[ideas("What else?")], moderation="after")


def case_for(consultation, person, text="A tap at the market") -> Case:
    """The case of an idea that somebody proposed."""
    return services.open_case(open_idea(consultation, person, text), now=clock.now())


def heard(consultation, text="A reply from elsewhere", external_id="a/1") -> Contribution:
    """Words that were heard on a social network."""
    came = submit(
        consultation,
        sayings=[Saying(text=text, kind=Contribution.Kind.HEARD, external_id=external_id)],
        person=None,
        now=clock.now(),
        channel="social",
        source="snac",
        terms=Terms(language="en"),
    )
    return came.response.contributions.get()


def state_of(thing):
    thing.refresh_from_db()
    return thing.state


def readers(many):
    """People who can flag: each with an account of their own."""
    return [open_account(f"reader-{number}@people.example", now=clock.now()) for number in range(many)]


def flagged_by(somebody, contribution, reason="off_topic"):
    """A flag without words."""
    return services.flag(contribution, by=somebody, reason=reason, language="en", now=clock.now())

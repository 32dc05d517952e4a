"""Many moderators at once: one gets the case, one decision is made."""

import pytest
from django.db import connection

from accounts.roles import Role
from accounts.services import appoint, open_desk_account
from foundation import clock
from foundation.errors import WrongState
from moderation import services
from moderation.models import Case, Decision
from tests.consultations.drafts import site
from tests.factories.consultations import ideas, released_consultation
from tests.moderation.conftest import case_for
from tests.people import person

MANY = 20 if connection.vendor == "postgresql" else 8


@pytest.fixture
def crowd(transactional_db):
    """A case, and many moderators."""
    site()
    consultation = released_consultation(title="Crowded", questions=[ideas()])
    people = []
    for number in range(MANY):
        moderator = open_desk_account(
            f"mod-{number}",
            address=f"mod-{number}@people.example",
            by=None,
            now=clock.now(),
            password="x" * 20,
        )
        appoint(moderator, agency=consultation.agency, role=Role.MODERATOR, by=None, now=clock.now())
        people.append(moderator)
    return case_for(consultation, person("asha")), people


def sorted_out(results):
    errors = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(error, WrongState) for error in errors), errors
    return [result for result in results if not isinstance(result, Exception)]


def test_one_claim_of_a_case(crowd, together):
    case, people = crowd
    got = sorted_out(together(MANY, lambda n: services.claim(case, by=people[n], now=clock.now())))
    assert len(got) == 1
    row = Case.objects.get()
    assert row.claimed_by == got[0].claimed_by and row.fence == 1


def test_one_decision_on_a_case(crowd, together):
    case, people = crowd

    def act(n):
        verdict, reason = (("publish", ""), ("reject", "spam"))[n % 2]
        return services.decide(case, by=people[n], verdict=verdict, reason=reason, now=clock.now())

    got = sorted_out(together(MANY, act))
    assert len(got) == 1 == Decision.objects.count()
    state = {"publish": "published", "reject": "rejected"}[got[0].verdict]
    assert Case.objects.get().contribution.state == state


def test_one_case_for_a_contribution(crowd, together):
    case, _people = crowd
    contribution = case.contribution
    case.delete()
    cases = together(MANY, lambda _n: services.open_case(contribution, now=clock.now()))
    assert len({found.pk for found in cases}) == 1 == Case.objects.count()

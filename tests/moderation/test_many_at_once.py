"""At the same moment: one flag a person, one look again at the threshold, one appeal, one verdict, one alarm."""

import pytest
from django.db import connection

from accounts.roles import Role
from accounts.services import appoint
from consultations.models import Contribution
from foundation import clock
from foundation.errors import WrongState
from moderation import services
from moderation.models import Alarm, Case, Decision, Flag, Review
from tests.consultations.drafts import site
from tests.factories.consultations import ideas, released_consultation
from tests.moderation.conftest import case_for, flagged_by, readers
from tests.moderation.test_claim_together import sorted_out
from tests.people import person

MANY = 12 if connection.vendor == "postgresql" else 6


@pytest.fixture
def asked(transactional_db):
    """Open, and committed."""
    site()
    return released_consultation(title="Crowded", questions=[ideas()])


def decided(asked, verdict="publish", reason=""):
    """Asha's idea, as Mohan decided."""
    case = case_for(asked, person("asha"))
    services.decide(case, by=person("mohan"), verdict=verdict, reason=reason, now=clock.now())
    return case, Contribution.objects.get(pk=case.contribution_id)


def test_one_flag_of_a_person(asked, together):
    _case, words = decided(asked)
    ben = person("ben")
    assert len(sorted_out(together(MANY, lambda _n: flagged_by(ben, words)))) == 1
    assert Flag.objects.count() == 1


def test_many_readers_bring_it_back_once(asked, together):
    case, words = decided(asked)
    crowd = readers(MANY)
    assert len(sorted_out(together(MANY, lambda n: flagged_by(crowd[n], words)))) == MANY
    case.refresh_from_db()
    assert (case.state, case.looks) == ("open", 1) and Flag.objects.count() == MANY
    words.refresh_from_db()
    assert words.state == "published"


def test_flags_against_a_decision_end_in_no_deadlock(asked, together):
    case, words = decided(asked)
    crowd, mohan = readers(MANY), person("mohan")
    services.reopen(case, by=mohan, now=clock.now())

    def act(n):
        if n % 3 == 0:
            return services.decide(case, by=mohan, verdict="publish", now=clock.now())
        return flagged_by(crowd[n], words)

    got = sorted_out(together(MANY, act))
    assert Flag.objects.count() == MANY - len(range(0, MANY, 3))
    assert sum(isinstance(one, Decision) for one in got) >= 1


def test_one_appeal(asked, together):
    _case, words = decided(asked, "reject", "spam")
    sent = together(
        MANY, lambda n: services.appeal(words, words=f"Words {n}", language="en", now=clock.now())
    )
    assert len(sorted_out(sent)) == 1 == Review.objects.appeals().count()


def test_one_verdict_on_an_appeal(asked, together):
    _case, words = decided(asked, "reject", "spam")
    review = services.appeal(words, words="No", language="en", now=clock.now())
    omana = person("omana")

    def act(n):
        verdict, reason = (("upheld", "spam"), ("reversed", "in_doubt_shown"))[n % 2]
        return services.review(
            review, by=omana, verdict=verdict, reason=reason, answer="So.", now=clock.now()
        )

    assert len(sorted_out(together(MANY, act))) == 1
    words.refresh_from_db()
    ended = Review.objects.appeals().get()
    assert words.state == {"upheld": "rejected", "reversed": "published"}[ended.verdict]


def test_one_alarm(asked, together):
    _case, words = decided(asked)
    raised = together(MANY, lambda _n: services.raise_alarm(words, source="reader", by=None, now=clock.now()))
    assert len({alarm.pk for alarm in raised}) == 1 == Alarm.objects.count()


def test_many_decisions_against_a_claim(asked, together):
    mohan, paul = person("mohan"), person("paul", agency=asked.agency)
    appoint(paul, agency=asked.agency, role=Role.MODERATOR, by=None, now=clock.now())
    cases = [case_for(asked, reader, f"Said {n}") for n, reader in enumerate(readers(MANY))]

    def act(n):
        if n == 0:
            return services.decide_many(cases, by=mohan, verdict="reject", reason="spam", now=clock.now())
        try:
            return services.claim(cases[n], by=paul, now=clock.now())
        except WrongState:
            return None

    came, *claimed = together(MANY, act)
    assert isinstance(came, services.Bulk), came
    kept = {case.pk for case in claimed if case is not None}
    assert {case.pk for case, _why in came.left} == kept
    assert {case.pk for case in came.decided} == {case.pk for case in cases} - kept
    assert Decision.objects.count() == len(came.decided)
    assert set(Case.objects.filter(state="claimed", claimed_by=paul).values_list("pk", flat=True)) == kept

"""Deciding: by a moderator of the agency, for a reason on the list, once, for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from accounts.services import appoint, erase_person
from consultations.models import Contribution
from consultations.services import withdraw_response
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from foundation.models import Outbox
from moderation import services
from moderation.models import Decision
from moderation.reasons import REASONS
from tests.factories.consultations import close, opened_agency
from tests.moderation.conftest import case_for, heard, state_of
from tests.people import person


def decide(case, by, verdict="publish", reason="", later=timedelta()):
    return services.decide(case, by=by, verdict=verdict, reason=reason, now=clock.now() + later)


def register_lines():
    lines = Outbox.objects.filter(payload__kind="contributions_decided").order_by("pk")
    return [line.payload["body"] for line in lines]


def second_moderator(agency):
    paul = person("paul", agency=agency)
    appoint(paul, agency=agency, role=Role.MODERATOR, by=None, now=clock.now())
    return paul


def test_a_moderator_shows_words(asked, asha, mohan):
    case = case_for(asked, asha)
    decision = decide(case, mohan)
    assert state_of(case) == "decided" and state_of(case.contribution) == "published"
    assert (decision.verdict, decision.reason, decision.by) == ("publish", "", mohan.pk)
    assert register_lines() == [{"published": 1}]


@pytest.mark.parametrize("reason", list(REASONS))
def test_a_moderator_refuses_words_for_a_reason_on_the_list(asked, asha, mohan, reason):
    case = case_for(asked, asha)
    decide(case, mohan, "reject", reason)
    assert state_of(case.contribution) == "rejected" and case.contribution.reason == reason
    assert register_lines() == [{"rejected": 1, "reasons": {reason: 1}}]


@pytest.mark.parametrize("reason", ["", "criticism", "check_links", "i do not like it", "personal_data "])
def test_no_other_reason_is_taken(asked, asha, mohan, reason):
    case = case_for(asked, asha)
    with pytest.raises(BadInput):
        decide(case, mohan, "reject", reason)
    assert state_of(case.contribution) == "pending" and state_of(case) == "open"
    assert not Decision.objects.exists() and register_lines() == []


def test_a_verdict_that_is_none_is_refused(asked, asha, mohan):
    with pytest.raises(BadInput):
        decide(case_for(asked, asha), mohan, "delete", "spam")


def test_what_is_held_for_a_colleague_stays_on_the_desk(asked, asha, mohan):
    case = case_for(asked, asha)
    decide(case, mohan, "hold")
    assert state_of(case) == "open" and state_of(case.contribution) == "held"
    assert case.contribution.reason == "check_again" and register_lines() == [{"held": 1}]
    decide(case, second_moderator(asked.agency))
    assert state_of(case.contribution) == "published"
    assert [d.verdict for d in case.decisions.all()] == ["hold", "publish"]


@pytest.mark.parametrize("who", ["esha", "anil", "omana", "pavan", "greta", "root", "ben"])
def test_nobody_else_decides(asked, asha, who, request):
    case, somebody = case_for(asked, asha), request.getfixturevalue(who)
    for act in (
        lambda: decide(case, somebody),
        lambda: services.claim(case, by=somebody, now=clock.now()),
        lambda: services.release(case, by=somebody, now=clock.now()),
        lambda: services.reopen(case, by=somebody, now=clock.now()),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert state_of(case) == "open" and not Decision.objects.exists()


def test_a_moderator_of_another_agency_does_not_decide(asked, asha, greta):
    parks = opened_agency("parks")
    appoint(greta, agency=parks, role=Role.MODERATOR, by=None, now=clock.now())
    with pytest.raises(NotAllowed):
        decide(case_for(asked, asha), greta)


def test_nobody_decides_on_their_own_words(asked, asha, mohan):
    case = case_for(asked, asha)
    appoint(asha, agency=asked.agency, role=Role.MODERATOR, by=None, now=clock.now())
    with pytest.raises(NotAllowed, match="own words"):
        decide(case, asha)
    decide(case, mohan)


def test_a_case_is_decided_once(asked, asha, mohan):
    case = case_for(asked, asha)
    decide(case, mohan)
    with pytest.raises(WrongState, match="decided this meanwhile"):
        decide(case, second_moderator(asked.agency), "reject", "spam")
    assert state_of(case.contribution) == "published" and Decision.objects.count() == 1


def test_a_case_in_a_colleagues_hands_is_theirs_for_half_an_hour(asked, asha, mohan):
    case, paul = case_for(asked, asha), second_moderator(asked.agency)
    services.claim(case, by=mohan, now=clock.now())
    for act in (lambda: decide(case, paul), lambda: services.claim(case, by=paul, now=clock.now())):
        with pytest.raises(WrongState, match="Mohan Lal has this case"):
            act()
    with pytest.raises(WrongState):
        services.release(case, by=paul, now=clock.now())
    services.claim(case, by=mohan, now=clock.now() + timedelta(minutes=10))
    decide(case, paul, later=timedelta(minutes=41))
    assert state_of(case) == "decided"


def test_what_is_put_back_can_be_taken_by_others(asked, asha, mohan):
    case, paul = case_for(asked, asha), second_moderator(asked.agency)
    services.claim(case, by=mohan, now=clock.now())
    services.release(case, by=mohan, now=clock.now())
    assert services.claim(case, by=paul, now=clock.now()).claimed_by == paul
    assert case.fence == 2


def test_words_taken_back_meanwhile_are_not_decided(asked, asha, mohan):
    case = case_for(asked, asha)
    withdraw_response(case.contribution.response, person=asha, now=clock.now())
    with pytest.raises(WrongState):
        decide(case, mohan)
    assert not Decision.objects.exists() and register_lines() == []
    services.drop(case.contribution)
    with pytest.raises(WrongState, match="taken back"):
        decide(case, mohan)


def test_a_decided_case_can_be_opened_again_and_the_first_decision_stays(asked, asha, mohan):
    case = case_for(asked, asha)
    with pytest.raises(WrongState):
        services.reopen(case, by=mohan, now=clock.now())
    decide(case, mohan)
    services.reopen(case, by=mohan, now=clock.now())
    assert state_of(case) == "open" and case.due_at > clock.now() + timedelta(hours=23)
    decide(case, mohan, "reject", "personal_data")
    assert state_of(case.contribution) == "rejected"
    assert [d.verdict for d in case.decisions.all()] == ["publish", "reject"]


def test_moderators_decide_after_the_close_as_well(asked, asha, mohan):
    case = case_for(asked, asha)
    close(asked)
    decide(case, mohan)
    assert state_of(case.contribution) == "published"


def test_words_heard_elsewhere_are_decided_like_others(asked, mohan):
    case = services.open_case(heard(asked), now=clock.now())
    decide(case, mohan)
    assert state_of(case.contribution) == "published"


def test_the_database_keeps_every_decision(asked, asha, mohan):
    decision = decide(case_for(asked, asha), mohan)
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(reason="spam"),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=decision.case, verdict="reject", by=mohan.pk, at=clock.now())


def test_erasing_a_moderator_leaves_decisions_whole(asked, asha, ben, mohan):
    decision = decide(case_for(asked, asha), mohan)
    claimed = services.claim(case_for(asked, ben), by=mohan, now=clock.now())
    erase_person(mohan, by=mohan, now=clock.now())
    decision.refresh_from_db()
    assert decision.by and state_of(claimed) == "claimed"
    with connection.cursor() as cursor:
        related = connection.introspection.get_relations(cursor, "moderation_decision")
    assert "accounts_person" not in {found[1] for found in related.values()}


def test_no_line_of_the_register_and_no_case_holds_a_word_that_was_said(asked, asha, mohan):
    case = case_for(asked, asha, "Canary words, call 98765 43210")
    decide(case, mohan, "reject", "personal_data")
    kept = " ".join(str(line) for line in Outbox.objects.values_list("payload", flat=True)) + str(vars(case))
    assert "anary" not in kept and "98765" not in kept
    assert Contribution.objects.get().text.startswith("Canary")

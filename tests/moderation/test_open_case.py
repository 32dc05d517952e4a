"""Words that come in stand on the desk; checks hold them and refuse none."""

from datetime import timedelta

import pytest

from accounts.models import Agency
from accounts.services import erase_person
from consultations.models import Contribution
from consultations.services import (
    Incoming,
    publish,
    remove,
    say_officially,
    take_in,
    withdraw_response,
)
from foundation import clock
from foundation.models import Outbox
from moderation import services
from moderation.models import Case
from tests.factories.consultations import free_text, open_idea, open_response, released_consultation
from tests.moderation.conftest import case_for, heard, state_of


def test_words_that_come_in_are_on_the_desk_after_the_commit(asked, asha, commit):
    with commit():
        contribution = open_idea(asked, asha)
    case = Case.objects.get()
    assert case.contribution == contribution and case.agency == asked.agency
    assert case.state == "open" and case.screens == []
    assert state_of(contribution) == "pending"


def test_the_promise_counts_from_the_moment_the_words_came_in(asked, asha):
    Agency.objects.filter(pk=asked.agency_id).update(moderation_hours=6)
    contribution = open_idea(asked, asha)
    case = services.open_case(contribution, now=clock.now() + timedelta(hours=3))
    assert case.due_at == contribution.received_at + timedelta(hours=6)


def test_opening_twice_is_one_case(asked, asha):
    contribution = open_idea(asked, asha)
    cases = [services.open_case(contribution, now=clock.now()) for _time in range(3)]
    assert len({case.pk for case in cases}) == 1 and Case.objects.count() == 1


def test_checks_hold_and_never_refuse(asked, asha):
    case = case_for(asked, asha, "Call me on 98765 43210 or see www.example.com")
    assert case.screens == ["links", "personal_data"]
    assert state_of(case.contribution) == "held" and case.contribution.reason == "check_links"
    assert case.state == "open" and not case.decisions.exists()


def test_what_is_shown_at_once_is_hidden_when_a_check_finds_something(at_once, asha, ben):
    quiet, loud = open_idea(at_once, asha, "Trees"), open_idea(at_once, ben, "Buy at www.example.com")
    assert quiet.state == loud.state == "published"
    for contribution in (quiet, loud):
        services.open_case(contribution, now=clock.now())
    assert (state_of(quiet), state_of(loud)) == ("published", "held")


def test_a_near_copy_in_the_same_consultation_is_held_and_elsewhere_not(asked, at_once, asha, ben):
    text = "Please open the water taps at night because the shifts of the mill end at eleven o'clock."
    open_idea(at_once, asha, text)
    assert case_for(asked, asha, text).screens == []
    assert case_for(asked, ben, text + " Thanks.").screens == ["repeats"]


def test_checks_see_only_what_came_before(asked, asha, ben):
    text = "Please open the water taps at night because the shifts of the mill end at eleven o'clock."
    first = open_idea(asked, asha, text)
    second = open_idea(asked, ben, text)
    assert services.open_case(first, now=clock.now()).screens == []
    assert services.open_case(second, now=clock.now()).screens == ["repeats"]


def test_no_case_for_what_nobody_must_read(asked, asha, mohan, commit):
    summarised = released_consultation(title="Counted", questions=[free_text()])
    with commit():
        open_response(summarised, asha)
        idea = publish(open_idea(asked, asha), by=None, now=clock.now())
        official = say_officially(
            asked, text="In May.", parent=idea, by=mohan, now=clock.now(), language="en"
        )
        take_in(
            asked,
            [Incoming(1, "x", "imported", clock.now(), kind="comment")],
            source="test",
            now=clock.now(),
        )
    imported = Contribution.objects.get(external_id="x")
    for contribution in (official, imported):
        assert services.open_case(contribution, now=clock.now()) is None
    services.run_due(clock.now())
    assert [case.contribution for case in Case.objects.all()] == [idea]


def test_words_heard_elsewhere_have_a_case_too(asked, commit):
    with commit():
        contribution = heard(asked)
    assert Case.objects.get().contribution == contribution


def test_the_clock_opens_what_a_lost_nudge_left_behind(asked, at_once, asha, ben, chitra):
    lost = [open_idea(asked, asha), open_idea(at_once, ben), heard(asked)]
    publish(open_idea(asked, chitra, "decided otherwise"), by=None, now=clock.now())
    assert services.run_due(clock.now() + timedelta(seconds=1)).opened == 3
    assert {case.contribution for case in Case.objects.all()} == set(lost)
    assert services.run_due(clock.now() + timedelta(seconds=2)).opened == 0


def test_words_taken_back_leave_the_desk(asked, asha, commit):
    case = case_for(asked, asha)
    with commit():
        withdraw_response(case.contribution.response, person=asha, now=clock.now())
    assert state_of(case) == "gone"


@pytest.mark.parametrize("how", ["removed", "erased"])
def test_words_that_went_silently_leave_the_desk_by_the_clock(asked, asha, how):
    case = case_for(asked, asha)
    if how == "removed":
        remove(case.contribution, reason="gone_at_origin", by=None, now=clock.now())
    else:
        erase_person(asha, by=asha, now=clock.now())
    assert services.run_due(clock.now()).dropped == 1
    assert state_of(case) == "gone"


def test_a_check_that_holds_enters_no_decision_in_the_register(asked, asha):
    before = Outbox.objects.filter(payload__kind="contributions_decided").count()
    case_for(asked, asha, "www.example.com")
    assert Outbox.objects.filter(payload__kind="contributions_decided").count() == before == 0

"""Readers flag what they can read: once each, from a closed list; flags bring it back to the desk and hide nothing."""

import logging

import pytest
from django.urls import reverse

from consultations.services import publish, say_officially
from foundation import clock
from foundation.errors import BadInput, NotAllowed, PortalError, WrongState
from moderation import services
from moderation.models import Alarm, Case, Flag, Review
from tests.factories.consultations import published_comment, published_idea
from tests.moderation.conftest import case_for, flagged_by, readers, state_of
from tests.people import person, signed_in


def page(contribution):
    return reverse("moderation:flag", args=[contribution.key])


def shown(asked, asha, mohan):
    """An idea that a moderator had shown."""
    case = case_for(asked, asha)
    services.decide(case, by=mohan, verdict="publish", now=clock.now())
    case.contribution.refresh_from_db()
    return case.contribution


def test_a_reader_flags_once_with_a_reason_and_words(asked, asha, ben, mohan):
    idea = shown(asked, asha, mohan)
    browser = signed_in(ben)
    assert "Ask a moderator to look at this" in browser.get(page(idea)).content.decode()
    sent = {"reason": "spam", "words": "It sells tanks."}
    assert browser.post(page(idea), sent).status_code == 302
    told = browser.get(page(idea)).content.decode()
    assert "You have flagged this" in told and "When 3 people have flagged it" in told
    again = browser.post(page(idea), sent)
    assert again.status_code == 409 and Flag.objects.count() == 1
    flag = Flag.objects.get()
    assert (flag.person, flag.reason, flag.words) == (ben, "spam", "It sells tanks.")


def test_criticism_brigading_hides_nothing_and_asks_for_a_second_look_alone(asked, asha, mohan, client):
    idea = shown(asked, asha, mohan)
    case = Case.objects.get()
    for number, reader in enumerate(readers(9)):
        flagged_by(reader, idea)
        assert state_of(idea) == "published"
        assert state_of(case) == ("open" if number >= 2 else "decided")
    assert case.flagged_at is not None and case.looks == 1
    assert idea.text in client.get(reverse("ideas:detail", args=[idea.key])).content.decode()
    assert reverse("moderation_case", args=[case.pk]) in _desk(mohan, state="flagged")


def test_after_each_look_it_takes_twice_as_many(asked, asha, mohan):
    idea, case = shown(asked, asha, mohan), Case.objects.get()
    crowd = readers(9)
    for reader in crowd[:3]:
        flagged_by(reader, idea)
    services.decide(case, by=mohan, verdict="publish", now=clock.now())
    for number, reader in enumerate(crowd[3:], start=1):
        flagged_by(reader, idea)
        assert state_of(case) == ("open" if number >= 6 else "decided")
    assert [services.threshold(looks) for looks in range(3)] == [3, 6, 12]


def test_what_never_had_a_case_gets_one(asked, asha):
    idea = published_idea(asked, asha)
    Case.objects.all().delete()
    for reader in readers(3):
        flagged_by(reader, idea)
    case = Case.objects.get()
    assert (case.contribution, case.state, case.looks) == (idea, "open", 1) and case.flagged_at


def test_who_may_not_flag_and_is_told_why(asked, asha, ben, mohan, esha, greta):
    idea = shown(asked, asha, mohan)
    for somebody, words in ((asha, "These are your own words"), (esha, "You work for the agency")):
        assert words in signed_in(somebody).get(page(idea)).content.decode()
        with pytest.raises(NotAllowed):
            flagged_by(somebody, idea)
    flagged_by(greta, idea)
    official = say_officially(
        asked, text="We thank you.", parent=idea, by=esha, now=clock.now(), language="en"
    )
    assert signed_in(ben).get(page(official)).status_code == 404
    waits = case_for(asked, ben, "Waits").contribution
    assert signed_in(asha).get(page(waits)).status_code == 404
    with pytest.raises(WrongState):
        flagged_by(asha, waits)


@pytest.mark.parametrize("sent", [{}, {"reason": "i_dislike_it"}, {"reason": "spam", "words": "x" * 1001}])
def test_a_flag_that_cannot_be_taken_comes_back_with_its_words(asked, asha, ben, mohan, sent):
    idea = shown(asked, asha, mohan)
    back = signed_in(ben).post(page(idea), {"words": "Typed before", **sent})
    assert back.status_code == 200 and not Flag.objects.exists()
    assert sent.get("words", "Typed before") in back.content.decode()
    with pytest.raises(BadInput):
        services.flag(idea, by=ben, reason="i_dislike_it", language="en", now=clock.now())


def test_a_rush_is_stopped_and_what_was_typed_stays(asked, asha, ben, mohan, settings):
    settings.FLAGS_PER_PERSON_AND_HOUR = 1
    idea = shown(asked, asha, mohan)
    other = published_comment(idea, asha)
    flagged_by(ben, idea)
    back = signed_in(ben).post(page(other), {"reason": "spam", "words": "Typed before"})
    assert back.status_code == 429 and "Typed before" in back.content.decode()


def test_a_stranger_reads_the_way_in_and_can_tell_danger_without_it(asked, asha, mohan, client):
    idea = shown(asked, asha, mohan)
    said = client.get(page(idea)).content.decode()
    assert "112" in said and reverse("accounts:sign_in") in said
    assert client.post(page(idea), {"reason": "spam", "words": "Kept"}).status_code == 200
    assert "Kept" in client.post(page(idea), {"reason": "spam", "words": "Kept"}).content.decode()
    assert not Flag.objects.exists() and not Alarm.objects.exists()
    assert client.post(page(idea), {"reason": "danger"}).status_code == 302
    assert Alarm.objects.get().source == "reader" and not Flag.objects.exists()


def test_danger_from_one_network_has_its_limit(asked, asha, mohan, client, settings):
    settings.ALARMS_PER_NETWORK_AND_HOUR = 2
    idea = shown(asked, asha, mohan)
    codes = [client.post(page(idea), {"reason": "danger"}).status_code for _turn in range(3)]
    assert codes == [302, 302, 429] and Alarm.objects.count() == 1


def test_readers_are_led_there_from_ideas_comments_and_answers(asked, asha, ben, mohan, client):
    idea = shown(asked, asha, mohan)
    comment = published_comment(idea, ben)
    read = client.get(reverse("ideas:detail", args=[idea.key]))
    assert page(idea) in read.content.decode() and page(comment) in read.content.decode()
    assert not read.cookies
    assert page(comment) in client.get(reverse("ideas:detail", args=[comment.key])).content.decode()


def test_the_moderator_sees_reasons_and_words_and_never_who(asked, asha, ben, mohan):
    idea = shown(asked, asha, mohan)
    services.flag(idea, by=ben, reason="spam", words="<b>It sells</b>", language="en", now=clock.now())
    seen = signed_in(mohan).get(reverse("moderation_case", args=[idea.case.pk])).content.decode()
    assert "Flagged by readers" in seen and "It advertises or sells something: 1" in seen
    assert "&lt;b&gt;It sells" in seen and ben.username not in seen and "Ben" not in seen


def test_what_the_ombuds_had_shown_goes_back_to_the_ombuds_alone(asked, asha, mohan, omana):
    case = case_for(asked, asha)
    services.decide(case, by=mohan, verdict="reject", reason="off_topic", now=clock.now())
    appeal = services.appeal(case.contribution, words="It is on topic.", language="en", now=clock.now())
    services.review(
        appeal, by=omana, verdict="reversed", reason="reason_does_not_fit", answer="Yes.", now=clock.now()
    )
    for reader in readers(3):
        flagged_by(reader, case.contribution)
    assert state_of(case) == "decided" and state_of(case.contribution) == "published"
    again = Review.objects.get(source="flags")
    with pytest.raises(WrongState):
        services.reopen(case, by=mohan, now=clock.now())
    services.review(again, by=omana, verdict="reversed", reason="spam", now=clock.now())
    assert state_of(case.contribution) == "rejected"


def test_erasing_a_reader_leaves_the_count_and_neither_words_nor_person(asked, asha, mohan, commit):
    reader = person("ben")
    idea = shown(asked, asha, mohan)
    services.flag(idea, by=reader, reason="spam", words="My own words", language="en", now=clock.now())
    services.forget(reader)
    flag = Flag.objects.get()
    assert (flag.person, flag.words, flag.reason) == (None, "", "spam")


def test_words_that_are_gone_cannot_be_flagged(asked, asha, ben, mohan):
    idea = shown(asked, asha, mohan)
    services.reopen(idea.case, by=mohan, now=clock.now())
    services.decide(idea.case, by=mohan, verdict="reject", reason="spam", now=clock.now())
    idea.refresh_from_db()
    with pytest.raises(PortalError):
        flagged_by(ben, idea)
    publish(idea, by=None, now=clock.now())
    idea.refresh_from_db()
    flagged_by(ben, idea)


def _desk(somebody, **query):
    return signed_in(somebody).get(reverse("moderation_desk"), query).content.decode()


def test_each_act_leaves_one_line_of_codes_for_the_operator_and_no_words_and_no_reader(
    asked, asha, ben, mohan, caplog, commit
):
    idea = shown(asked, asha, mohan)
    with caplog.at_level(logging.INFO, logger="audit"), commit():
        services.flag(idea, by=ben, reason="danger", words="My own words", language="en", now=clock.now())
    lines = [record for record in caplog.records if record.name == "audit" and "letter" not in record.act]
    assert [(line.act, line.by) for line in lines] == [("contribution.flagged", None), ("alarm.raised", None)]
    assert lines[0].facts == {"reason": "danger"} and lines[0].thing == f"contribution:{idea.pk}"
    assert "My own words" not in str([vars(line) for line in lines])

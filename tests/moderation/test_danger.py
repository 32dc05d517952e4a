"""Danger to somebody's life reaches a person at once, is never decided by a machine, and each page says whom to call."""

import pytest
from django.urls import reverse

from consultations.models import Contribution
from foundation import clock
from foundation.desk import waiting_for
from foundation.errors import BadInput, NotAllowed, WrongState
from moderation import services
from moderation.models import Alarm, Case, Decision
from moderation.screens import Context, screens
from tests.factories.consultations import (
    free_text,
    open_response,
    published_idea,
    questions_of,
    released_consultation,
)
from tests.moderation.conftest import case_for, flagged_by, state_of
from tests.people import signed_in

SAID = "No water for weeks. I want to die."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SAID, "I want to die."),
        ("I really do want to kill myself!", "want to kill myself!"),
        ("He said: I will kill all of them", "I will kill all of them"),
        ("They are going to KILL her tonight", "going to KILL her"),
        ("मैं अब मरना चाहता हूँ", "मैं अब मरना चाहता"),
        ("कल मैं आत्महत्या कर लूँगा।", "आत्महत्या कर लूँगा।"),
        ("ab marna chahti hu", "marna chahti"),
        ("سأقتل نفسي غدا", "سأقتل نفسي"),
        ("I w\u200bant to d\u200bie", "I w\u200bant to d\u200bie"),
    ],
)
def test_it_is_found_where_it_stands(text, found):
    (place,) = screens["danger"].look(text, Context())[:1]
    assert text[place.start : place.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "This law is suicide for farmers.",
        "Pedestrians will be killed if nobody builds a crossing.",
        "Prices will shoot up and the tax is going to kill small shops.",
        "We need suicide prevention at the bridge and an ambulance.",
        "We do not want to live beside a dump.",
        "सड़क पर लोग मर जाते हैं",
        "Kill the lights at night, the street is too bright.",
    ],
)
def test_words_about_death_are_no_danger(text):
    assert screens["danger"].look(text, Context()) == []


def test_the_words_are_held_for_a_person_and_the_alarm_stands_on_top_of_the_desk(asked, asha, mohan):
    case = case_for(asked, asha, SAID)
    assert state_of(case.contribution) == "held" and case.screens == ["danger"]
    alarm = Alarm.objects.get()
    assert (alarm.contribution, alarm.source) == (case.contribution, "screen")
    desk = signed_in(mohan).get(reverse("moderation_desk")).content.decode()
    assert desk.index(reverse("moderation_alarm", args=[alarm.pk])) < desk.index("Narrow this list")
    assert not Decision.objects.exists()


def test_words_that_are_only_counted_are_looked_at_too(asha, commit):
    asked = released_consultation(title="Counted", questions=[free_text("Why?")])
    with commit():
        open_response(asked, asha, texts={0: SAID})
    said = Contribution.objects.get()
    assert said.state == "counted" and not Case.objects.exists()
    assert Alarm.objects.get().contribution == said


def test_a_lost_nudge_is_found_by_the_clock_and_an_answered_alarm_is_not_raised_again(asha, dev):
    asked = released_consultation(title="Counted", questions=[free_text("Why?")])
    open_response(asked, asha, texts={0: SAID})
    assert services.run_due(clock.now()).alarms == 1
    services.end_alarm(Alarm.objects.get(), by=dev, ending="helped", now=clock.now())
    assert services.run_due(clock.now()).alarms == 0
    assert Alarm.objects.count() == 1


def test_a_reader_and_a_moderator_raise_it_and_there_is_one(asked, asha, ben, mohan):
    idea = published_idea(asked, asha)
    flagged_by(ben, idea, "danger")
    case = services.open_case(idea, now=clock.now())
    signed_in(mohan).post(reverse("moderation_danger", args=[case.pk]))
    assert Alarm.objects.get().source == "reader"
    assert state_of(idea) == "published" and state_of(case) == "open"


def test_danger_in_the_words_of_a_flag_or_an_appeal_is_heard(asked, asha, ben, mohan):
    idea = published_idea(asked, ben)
    services.flag(
        idea, by=asha, reason="spam", words="He wrote: I want to die", language="en", now=clock.now()
    )
    case = case_for(asked, asha)
    services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now())
    case.contribution.refresh_from_db()
    services.appeal(case.contribution, words=SAID, language="en", now=clock.now())
    assert Alarm.objects.count() == 2


def test_whoever_is_on_duty_reads_it_and_writes_down_what_was_done(asked, asha, dev, mohan):
    case = case_for(asked, asha, SAID)
    alarm, browser = Alarm.objects.get(), signed_in(dev)
    home = browser.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("moderation_alarms") in home and reverse("moderation_desk") + '"' not in home
    assert (
        reverse("moderation_alarm", args=[alarm.pk])
        in browser.get(reverse("moderation_alarms")).content.decode()
    )
    page = browser.get(reverse("moderation_alarm", args=[alarm.pk])).content.decode()
    assert (
        '<mark title="Somebody&#x27;s life may be in danger">I want to die.</mark>' in page
        and "call 112 now" in page
    )
    assert reverse("moderation_case", args=[case.pk]) not in page
    end = reverse("moderation_end_alarm", args=[alarm.pk])
    assert "Choose what was done" in browser.post(end, {"ending": "x"}, follow=True).content.decode()
    assert browser.post(end, {"ending": "told"}).url == reverse("moderation_alarms")
    assert (
        "answered this alarm meanwhile" in browser.post(end, {"ending": "told"}, follow=True).content.decode()
    )
    assert "Dev Patil" in browser.get(reverse("moderation_alarm", args=[alarm.pk])).content.decode()
    assert alarm.pk in [
        line["alarm"].pk
        for line in browser.get(reverse("moderation_alarms") + "?state=ended").context["lines"]
    ]
    assert state_of(case) == "open" and state_of(case.contribution) == "held"


@pytest.mark.parametrize(
    "who", ["esha", "anil", "lata", "priya", "kiran", "pavan", "aud", "greta", "asha", "nobody"]
)
def test_nobody_else_sees_alarms(asked, ben, who, request):
    case_for(asked, ben, SAID)
    alarm = Alarm.objects.get()
    somebody = None if who == "nobody" else request.getfixturevalue(who)
    browser = signed_in(somebody)
    for address in (reverse("moderation_alarms"), reverse("moderation_alarm", args=[alarm.pk])):
        assert browser.get(address).status_code in (302, 403)
    assert browser.post(reverse("moderation_end_alarm", args=[alarm.pk]), {"ending": "told"}).status_code in (
        302,
        403,
    )
    alarm.refresh_from_db()
    assert alarm.ended_at is None
    if somebody is not None:
        with pytest.raises(NotAllowed):
            services.end_alarm(alarm, by=somebody, ending="told", now=clock.now())


def test_the_ombuds_looks_on_and_answers_none(asked, ben, omana, dev):
    case_for(asked, ben, SAID)
    alarm = Alarm.objects.get()
    assert signed_in(omana).get(reverse("moderation_alarm", args=[alarm.pk])).status_code == 200
    with pytest.raises(NotAllowed):
        services.end_alarm(alarm, by=omana, ending="told", now=clock.now())
    with pytest.raises(BadInput):
        services.end_alarm(alarm, by=dev, ending="", now=clock.now())
    services.end_alarm(alarm, by=dev, ending="told", now=clock.now())
    with pytest.raises(WrongState):
        services.end_alarm(alarm, by=dev, ending="told", now=clock.now())


def test_every_page_on_which_one_says_something_gives_the_number(asked, asha, ben, settings):
    settings.EMERGENCY_NUMBER = "100"
    form = released_consultation(title="Form", questions=[free_text("Why?")])
    idea = published_idea(asked, ben)
    browser = signed_in(asha)
    question = next(each for each in questions_of(asked) if each.instrument == "ideas")
    comment = reverse("ideas:comment", args=[idea.key])
    proposed = reverse("ideas:propose", args=[question.pk])
    answer = reverse("consultations:respond", args=[form.translation_key, form.phases.get().pk])
    pages = [browser.get(address, follow=True).content.decode() for address in (comment, proposed, answer)]
    assert "<textarea" in pages[-1]
    pages.append(browser.post(proposed, {"title": "A tap", "text": "One more tap"}).content.decode())
    for page in pages:
        assert "This is no emergency line" in page and 'href="tel:100"' in page
    for language, words in (("hi", "यह आपात सेवा नहीं है"), ("ar", "هذه ليست خدمة طوارئ")):
        said = browser.get(comment.replace("/en/", f"/{language}/")).content.decode()
        assert words in said and 'href="tel:100"' in said


def test_the_list_of_alarms_costs_the_same_for_many(
    asked, asha, ben, chitra, dev, django_assert_max_num_queries
):
    browser = signed_in(dev)

    def cost():
        with django_assert_max_num_queries(60) as captured:
            browser.get(reverse("moderation_alarms"))
        return len(captured)

    case_for(asked, asha, SAID)
    cost()
    few = cost()
    for somebody in (ben, chitra):
        case_for(asked, somebody, SAID + " Really.")
    assert cost() == few


def test_the_admins_home_says_what_waits_for_whom(asked, asha, ben, dev, mohan, omana, esha):
    case_for(asked, asha, SAID)
    refused = case_for(asked, ben)
    services.decide(refused, by=mohan, verdict="reject", reason="spam", now=clock.now())
    words = Contribution.objects.get(pk=refused.contribution_id)
    services.appeal(words, words="No", language="en", now=clock.now())

    def waits(somebody):
        return {str(line.words): (line.number, line.overdue) for line in waiting_for(somebody, clock.now())}

    assert waits(dev)["Danger to life"] == (1, 1) == waits(mohan)["Danger to life"]
    assert "Words to moderate" not in waits(dev) and waits(mohan)["Words to moderate"] == (1, 0)
    assert waits(omana)["Appeals and reviews"] == (1, 0) and "Appeals and reviews" not in waits(mohan)
    assert not {"Danger to life", "Words to moderate", "Appeals and reviews"} & set(waits(esha))

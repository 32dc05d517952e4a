"""The desk in the admin: for moderators; the ombuds looks on; nobody else gets in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.services import appoint
from consultations.models import Contribution
from foundation import clock
from moderation import services
from moderation.models import Case
from moderation.views.marks import pieces, seen
from tests.factories.consultations import ideas, opened_agency, released_consultation
from tests.moderation.conftest import case_for, state_of
from tests.people import person, signed_in

DESK = "moderation_desk"
HTML = "<script>alert(1)</script>"


def on(case, act="case"):
    return reverse(f"moderation_{act}", args=[case.pk])


def cases_on(page):
    return [line["case"] for line in page.context["lines"]]


def test_a_moderator_sees_the_cases_of_their_agency_alone(asked, asha, ben, mohan):
    parks = released_consultation(title="Parks", questions=[ideas()], agency=opened_agency("parks"))
    mine, others = case_for(asked, asha), case_for(parks, ben)
    page = signed_in(mohan).get(reverse(DESK))
    assert cases_on(page) == [mine]
    assert signed_in(mohan).get(on(others)).status_code in (302, 403)


@pytest.mark.parametrize("who", ["esha", "anil", "lata", "priya", "pavan", "aud", "greta", "asha", "nobody"])
def test_nobody_else_gets_in_and_the_menu_is_not_shown(asked, ben, who, request):
    case = case_for(asked, ben)
    browser = signed_in(None if who == "nobody" else request.getfixturevalue(who))
    for address in (reverse(DESK), on(case)):
        assert browser.get(address).status_code in (302, 403)
    for act in ("claim", "release", "decide", "reopen"):
        assert browser.post(on(case, act), {"verdict": "publish"}).status_code in (302, 403)
    assert state_of(case) == "open" and state_of(case.contribution) == "pending"
    home = browser.get(reverse("wagtailadmin_home"))
    assert reverse(DESK) not in home.content.decode()


def test_the_menu_leads_moderators_and_the_ombuds_to_the_desk(asked, mohan, omana):
    for somebody in (mohan, omana):
        assert reverse(DESK) in signed_in(somebody).get(reverse("wagtailadmin_home")).content.decode()


def test_the_ombuds_reads_every_case_and_decides_none(asked, asha, omana):
    case = case_for(asked, asha)
    browser = signed_in(omana)
    assert cases_on(browser.get(reverse(DESK))) == [case]
    page = browser.get(on(case)).content.decode()
    assert "A tap at the market" in page and 'name="verdict"' not in page
    browser.post(on(case, "decide"), {"verdict": "publish"})
    assert state_of(case) == "open"


def test_showing_words_leads_to_the_next_case(asked, asha, ben, mohan):
    first, second = case_for(asked, asha), case_for(asked, ben)
    browser = signed_in(mohan)
    gone = browser.post(on(first, "decide"), {"verdict": "publish"})
    assert gone.url == on(second) and state_of(first.contribution) == "published"
    assert "Decided: it is shown." in browser.get(gone.url).content.decode()
    assert browser.post(on(second, "decide"), {"verdict": "reject", "reason": "spam"}).url == reverse(DESK)
    assert state_of(second.contribution) == "rejected"


def test_refusing_without_a_reason_is_said_and_changes_nothing(asked, asha, mohan):
    case, browser = case_for(asked, asha), signed_in(mohan)
    back = browser.post(on(case, "decide"), {"verdict": "reject"}, follow=True)
    assert "Choose a reason from the list" in back.content.decode()
    assert state_of(case.contribution) == "pending"


def test_taking_putting_back_and_a_colleagues_view(asked, asha, mohan):
    case, paul = case_for(asked, asha), person("paul", agency=asked.agency)
    appoint(paul, agency=asked.agency, role=Role.MODERATOR, by=None, now=clock.now())
    mine, theirs = signed_in(mohan), signed_in(paul)
    mine.post(on(case, "claim"))
    assert "Put it back" in mine.get(on(case)).content.decode()
    page = theirs.get(on(case)).content.decode()
    assert "Mohan Lal" in page and "in their hands" in page and 'name="verdict"' not in page
    refused = theirs.post(on(case, "decide"), {"verdict": "publish"}, follow=True)
    assert "Mohan Lal has this case" in refused.content.decode()
    mine.post(on(case, "release"))
    assert 'name="verdict"' in theirs.get(on(case)).content.decode()


def test_a_decided_case_shows_its_record_and_can_be_opened_again(asked, asha, mohan):
    case, browser = case_for(asked, asha), signed_in(mohan)
    browser.post(on(case, "decide"), {"verdict": "reject", "reason": "off_topic"})
    page = browser.get(on(case)).content.decode()
    assert "Decided so far" in page and "nothing to do with what is asked" in page and "Mohan Lal" in page
    assert cases_on(browser.get(reverse(DESK))) == []
    assert cases_on(browser.get(reverse(DESK), {"state": "decided"})) == [case]
    browser.post(on(case, "reopen"))
    assert state_of(case) == "open"


def test_the_words_are_escaped_findings_marked_and_hidden_signs_seen(asked, asha, mohan):
    case = case_for(asked, asha, f"{HTML} call 98765 43210 \u202egnp.exe")
    page = signed_in(mohan).get(on(case)).content.decode()
    assert HTML not in page and "&lt;script&gt;" in page
    assert '<mark title="A telephone number">98765 43210</mark>' in page
    assert "⟦U+202E⟧" in page and "\u202e" not in page
    listed = signed_in(mohan).get(reverse(DESK)).content.decode()
    assert HTML not in listed and "\u202e" not in listed


@pytest.mark.parametrize("text", ["Z" + "\u0337\u0321" * 300, "w" * 19_000, "\x1b[31m red"])
def test_hostile_words_break_no_page(asked, asha, mohan, text):
    case = case_for(asked, asha, text)
    for address in (reverse(DESK), on(case)):
        assert signed_in(mohan).get(address).status_code == 200


def test_what_a_comment_answers_and_the_question_stand_beside_it(asked, asha, mohan):
    case = case_for(asked, asha)
    assert "What should we try?" in signed_in(mohan).get(on(case)).content.decode()


def test_the_list_is_narrowed_by_check_promise_and_agency(asked, asha, ben, chitra, mohan):
    plain, link, late = (
        case_for(asked, asha),
        case_for(asked, ben, "www.example.com"),
        case_for(asked, chitra, "Old"),
    )
    Case.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(hours=1))
    browser = signed_in(mohan)

    def listed(**query):
        return set(cases_on(browser.get(reverse(DESK), query)))

    assert listed() == {plain, link, late}
    assert listed(held_by="links") == {link} == listed(held_by="any")
    assert listed(held_by="none") == {plain, late}
    assert listed(age="late") == {late} == listed(age="soon")
    assert listed(agency=asked.agency.slug) == {plain, link, late}
    assert listed(agency="x", held_by="'--") == {plain, link, late}
    page = browser.get(reverse(DESK)).content.decode()
    assert page.count("Late:") == 1
    assert cases_on(browser.get(reverse(DESK)))[0] == late


def test_a_list_costs_the_same_for_one_case_and_for_many(
    asked, asha, ben, chitra, mohan, django_assert_max_num_queries
):
    browser = signed_in(mohan)

    def cost():
        with django_assert_max_num_queries(60) as captured:
            browser.get(reverse(DESK))
        return len(captured)

    case_for(asked, asha)
    cost()
    few = cost()
    for number in range(6):
        services.claim(
            case_for(asked, (ben, chitra)[number % 2], f"Number {number}"), by=mohan, now=clock.now()
        )
    assert cost() == few <= 40


def test_the_desk_names_pseudonyms_and_no_person(asked, asha, mohan):
    case = case_for(asked, asha)
    page = signed_in(mohan).get(on(case)).content.decode()
    listed = signed_in(mohan).get(reverse(DESK)).content.decode()
    assert (
        case.contribution.participant.pseudonym in page and case.contribution.participant.pseudonym in listed
    )
    for content in (page, listed):
        assert asha.username not in content and "asha@people.example" not in content


def test_acts_are_never_done_by_looking(asked, asha, mohan):
    case = case_for(asked, asha)
    for act in ("claim", "release", "decide", "reopen"):
        assert signed_in(mohan).get(on(case, act)).status_code == 405
    assert state_of(case) == "open" and Contribution.objects.get().state == "pending"


def test_pieces_put_together_are_the_text():
    found = services.look("a www.example.com b 98765 43210", services.Context())
    parts = pieces("a www.example.com b 98765 43210", found)
    assert "".join(part.text for part in parts) == "a www.example.com b 98765 43210"
    assert [part.text for part in parts if part.note] == ["www.example.com", "98765 43210"]
    assert pieces("", []) == [] and seen("a\u200bb") == "a⟦U+200B⟧b"

"""Support: a page with one button, one person one voice, taken back by the second press."""

import uuid

import pytest
from django.urls import reverse

from consultations.models import Vote, VoteEvent
from tests.factories.consultations import close
from tests.ideas.conftest import said, shown
from tests.people import signed_in


def address(contribution):
    return reverse("ideas:support", args=[contribution.key])


def standing():
    return Vote.objects.filter(value=1).count()


def test_looking_at_the_page_changes_nothing_and_pressing_supports(question, asha, ben):
    idea, browser = shown(question, asha), signed_in(ben)
    page = browser.get(address(idea))
    assert page.status_code == 200 and standing() == 0
    assert page.content.decode().count("<button") == 1
    gone = browser.post(address(idea), {"value": "1", "request_key": page.context["request_key"]})
    assert gone.url == reverse("ideas:detail", args=[idea.key]) and standing() == 1


def test_a_second_press_withdraws_and_a_doubled_press_does_not(question, asha, ben):
    idea, browser = shown(question, asha), signed_in(ben)
    key = str(uuid.uuid4())
    for _press in range(2):
        browser.post(address(idea), {"value": "1", "request_key": key})
    assert standing() == 1 and VoteEvent.objects.count() == 1
    assert "Take my support back" in browser.get(address(idea)).content.decode()
    browser.post(address(idea), {"value": "0"})
    assert standing() == 0 and VoteEvent.objects.count() == 2


def test_a_button_in_a_list_supports_at_once_and_comes_back(question, asha, ben):
    idea, browser = shown(question, asha), signed_in(ben)
    row = browser.get("/en/ideas/?order=supported").context["rows"][0]
    assert browser.post(row["vote"]["action"]).url == "/en/ideas/?order=supported"
    assert standing() == 1
    row = browser.get("/en/ideas/?order=supported").context["rows"][0]
    browser.post(row["vote"]["action"])
    assert standing() == 0 and idea.pk


def test_comments_can_be_supported_too(question, asha, ben, chitra):
    comment = said(shown(question, asha), ben)
    signed_in(chitra).post(address(comment), {"value": "1"})
    assert Vote.objects.get().contribution == comment


def test_who_is_not_signed_in_is_asked_to_and_nothing_is_counted(question, asha, client):
    idea = shown(question, asha)
    for answer in (client.get(address(idea)), client.post(address(idea), {"value": "1"})):
        assert answer.status_code == 302 and reverse("accounts:sign_in") in answer.url
    assert standing() == 0


@pytest.mark.parametrize("who", ["esha", "asha"])
def test_members_and_authors_are_told_and_cannot(question, asha, request, who):
    idea, person = shown(question, asha), request.getfixturevalue(who)
    page = signed_in(person).get(address(idea)).content.decode()
    assert "You cannot support this" in page and "<button" not in page
    assert signed_in(person).post(address(idea), {"value": "1"}).status_code == 403
    assert standing() == 0


def test_after_the_close_nothing_is_counted_and_the_page_says_so(question, asked, asha, ben):
    idea = shown(question, asha)
    close(asked)
    assert "This consultation is closed" in signed_in(ben).get(address(idea)).content.decode()
    assert signed_in(ben).post(address(idea), {"value": "1"}).status_code == 409
    assert standing() == 0


def test_nobody_is_led_to_another_site(question, asha, ben):
    idea = shown(question, asha)
    for there in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        gone = signed_in(ben).post(address(idea), {"value": "1", "next": there})
        assert gone.url == reverse("ideas:detail", args=[idea.key])


def test_a_broken_request_key_is_refused_plainly(question, asha, ben):
    idea = shown(question, asha)
    assert signed_in(ben).post(address(idea), {"value": "1", "request_key": "x"}).status_code == 400

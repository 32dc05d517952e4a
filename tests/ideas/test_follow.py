"""Following an idea: one row, seen by nobody else, announced, gone with the person."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.services import reject
from foundation import clock
from ideas import queries, services, signals
from ideas.models import Follow
from tests.ideas.conftest import said, shown
from tests.people import signed_in


@pytest.fixture
def idea(question, asha):
    return shown(question, asha)


def address(idea):
    return reverse("ideas:follow", args=[idea.key])


def test_somebody_follows_an_idea_and_stops(idea, ben, client):
    page = client.get(reverse("ideas:detail", args=[idea.key])).content.decode()
    assert f'href="{address(idea)}"' in page and "Follow this idea" in page
    assert "/sign-in/" in client.get(address(idea))["Location"]

    browser = signed_in(ben)
    assert browser.get(address(idea)).status_code == 200 and not Follow.objects.exists()
    for _time in range(2):
        assert browser.post(address(idea), {"value": "1"}).status_code == 302
    assert Follow.objects.get().person == ben
    assert "You follow this idea" in browser.get(reverse("ideas:detail", args=[idea.key])).content.decode()
    assert "Ideas you follow" in browser.get("/en/account/").content.decode()
    browser.post(address(idea), {"value": "0"})
    assert not Follow.objects.exists()


def test_nobody_else_sees_who_follows(idea, ben, chitra, mohan):
    signed_in(ben).post(address(idea), {"value": "1"})
    for other in (chitra, mohan):
        page = signed_in(other).get(reverse("ideas:detail", args=[idea.key])).content.decode()
        assert "You follow" not in page and "Follow this idea" in page


def test_a_comment_below_a_followed_idea_is_announced_also_when_it_answers_another(
    idea, question, asha, ben, chitra, django_capture_on_commit_callbacks
):
    heard = []

    def listener(**facts):
        heard.append((facts["idea"], facts["contribution"]))

    signals.followed_idea_news.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            said(idea, chitra, "Nobody follows yet")
        assert heard == []
        services.follow(idea.idea, person=ben, now=clock.now())
        with django_capture_on_commit_callbacks(execute=True):
            first = said(idea, chitra, "First")
            second = said(first, asha, "An answer to it")
            said(shown(question, asha, "Another idea"), chitra, "Elsewhere")
        assert heard == [(idea.idea, first), (idea.idea, second)]
    finally:
        signals.followed_idea_news.disconnect(listener)
    assert [follow.person for follow in queries.followers(idea.idea)] == [ben]


def test_an_idea_that_is_gone_stands_on_nobodys_page(idea, ben):
    services.follow(idea.idea, person=ben, now=clock.now())
    reject(idea, reason="spam", by=None, now=clock.now())
    assert list(queries.followed_by(ben, clock.now())) == []


def test_a_comment_cannot_be_followed(idea, ben, chitra):
    assert signed_in(ben).get(address(said(idea, chitra))).status_code == 404


def test_erasing_a_person_erases_what_they_follow(idea, ben, chitra):
    for person in (ben, chitra):
        services.follow(idea.idea, person=person, now=clock.now())
    services.forget(ben)
    assert [follow.person for follow in Follow.objects.all()] == [chitra]


def test_one_follows_an_idea_once(idea, ben):
    services.follow(idea.idea, person=ben, now=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(person=ben, idea=idea.idea, since=clock.now())

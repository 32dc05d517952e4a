"""The list by lot: fair, the same on its further pages, without a cookie; and by talk."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from consultations.models import Contribution
from consultations.services import count_voices
from foundation import clock
from ideas import queries
from ideas.models import Idea
from ideas.queries import Narrow
from tests.ideas.conftest import said, shown
from tests.people import signed_in

LIST = "ideas:index"


def titles(page):
    return [row["title"] for row in page.context["rows"]]


@pytest.fixture
def several(question, asha):
    return [shown(question, asha, f"Number {number}") for number in range(6)]


def test_each_idea_is_as_likely_in_each_place(several):
    draws = 600
    first, last = Counter(), Counter()
    for seed in range(draws):
        keys = queries.drawn(clock.now(), Narrow(), seed)
        assert sorted(keys) == sorted(idea.pk for idea in several)
        first[keys[0]] += 1
        last[keys[-1]] += 1
    for places in (first, last):
        assert len(places) == 6 and all(60 < count < 140 for count in places.values()), places


def test_the_seed_stands_in_the_addresses_of_further_pages_and_in_no_cookie(several, client, monkeypatch):
    monkeypatch.setattr("ideas.views.index.PAGE", 4)
    page = client.get(reverse(LIST))
    assert not page.cookies and "Cookie" not in page.get("Vary", "")
    found = re.search(r'href="([^"]*\?seed=\d+&amp;page=2)"', page.content.decode())
    assert found
    on = client.get(found.group(1).replace("&amp;", "&"))
    assert sorted(titles(page) + titles(on)) == [f"Number {number}" for number in range(6)]
    back = re.search(r'href="([^"]*\?seed=\d+)" rel="prev"', on.content.decode())
    assert back and titles(client.get(back.group(1))) == titles(page)
    assert '<link rel="canonical" href="http://testserver/en/ideas/">' in on.content.decode()


def test_two_readers_get_different_orders(several, client):
    orders = {tuple(titles(client.get(reverse(LIST)))) for _time in range(8)}
    assert len(orders) > 1


def test_an_idea_that_comes_in_meanwhile_moves_no_other(several, question, asha, client):
    before = titles(client.get(reverse(LIST), {"seed": "7"}))
    shown(question, asha, "New")
    assert [title for title in titles(client.get(reverse(LIST), {"seed": "7"})) if title != "New"] == before


@pytest.mark.parametrize("seed", ["x", "-1", "1" * 40, "٣", "%00", ""])
def test_a_seed_that_is_none_breaks_nothing(several, client, seed):
    assert len(titles(client.get(f"{reverse(LIST)}?seed={seed}"))) == 6


def test_who_supports_from_the_list_comes_back_to_the_same_order(several, ben):
    page = signed_in(ben).get(reverse(LIST), {"seed": "7", "page": "1"})
    assert "seed%3D7" in page.context["rows"][0]["vote"]["action"]


def test_most_discussed(several, ben, chitra, client):
    said(several[3], ben)
    said(several[3], chitra)
    said(several[1], ben)
    count_voices(clock.now())
    assert titles(client.get(reverse(LIST), {"order": "discussed"}))[:2] == ["Number 3", "Number 1"]
    assert "comments right below" in client.get(reverse(LIST), {"order": "discussed"}).content.decode()


def test_the_list_is_narrowed_by_how_far_ideas_came(several, client):
    Idea.objects.filter(contribution=several[2]).update(status=Idea.Status.TAKEN_UP)
    page = client.get(reverse(LIST), {"status": "taken_up"})
    assert titles(page) == ["Number 2"]
    assert "<title>Ideas from people: Taken up" in page.content.decode()


def test_a_draw_of_many_costs_what_a_draw_of_few_costs(
    several, question, asha, django_assert_max_num_queries, client
):
    def cost():
        with django_assert_max_num_queries(30) as captured:
            assert client.get(reverse(LIST)).status_code == 200
        return len(captured)

    cost()
    few = cost()
    for number in range(5):
        shown(question, asha, f"More {number}", tags=["water"])
    assert cost() == few
    assert Contribution.objects.count() == 11


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
def test_every_order_is_read_in_every_language(several, client, language):
    for query in ("", "?order=newest", "?order=supported", "?order=discussed", "?tag=water&status=taken_up"):
        assert client.get(f"/{language}/ideas/{query}").status_code == 200

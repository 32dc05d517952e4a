"""The list of ideas: what everybody can read, in two orders, narrowed, at a constant cost and without a cookie."""

from datetime import timedelta

import pytest
from django.urls import reverse

from consultations.models import Contribution, ImportedCount
from consultations.services import recount, reject
from foundation import clock
from ideas import queries, services
from tests.factories.consultations import close, ideas, published_idea, released_consultation
from tests.ideas.conftest import proposed, said, shown
from tests.people import signed_in

LIST = "ideas:index"
NEWEST = {"order": "newest"}


def titles(page):
    return [row["title"] for row in page.context["rows"]]


def test_only_what_everybody_can_read_is_listed(question, asked, asha, ben, client):
    shown(question, asha, "Shown")
    proposed(question, ben, "Waiting")
    refused = shown(question, ben, "Refused")
    reject(refused, reason="spam", by=None, now=clock.now())
    later = released_consultation(title="Later", questions=[ideas(visibility="after_close")])
    shown(later.questions.get(), asha, "Shown after the close")
    assert titles(client.get(reverse(LIST))) == ["Shown"]
    close(later)
    assert titles(client.get(reverse(LIST), NEWEST)) == ["Shown after the close", "Shown"]


def test_newest_and_most_supported(question, asha, ben, chitra, client):
    old, new = shown(question, asha, "Old"), shown(question, asha, "New")
    for person in (ben, chitra):
        services.support(old, person=person, now=clock.now())
    recount([old.pk], clock.now())
    assert titles(client.get(reverse(LIST), NEWEST)) == ["New", "Old"]
    supported = client.get(reverse(LIST), {"order": "supported"})
    assert titles(supported) == ["Old", "New"]
    assert supported.context["rows"][0]["vote"]["count"] == 2
    assert "Support as counted on" in supported.content.decode()
    assert new.pk


def test_a_list_is_narrowed_by_consultation_and_tag(question, asked, asha, client):
    other = released_consultation(title="Streets", questions=[ideas()])
    shown(question, asha, "Pipes", tags=["water"])
    shown(question, asha, "Lamps", tags=["light"])
    shown(other.questions.get(), asha, "Trees", tags=["water"])
    here = {"consultation": str(asked.translation_key)}
    assert titles(client.get(reverse(LIST), {**here, **NEWEST})) == ["Lamps", "Pipes"]
    assert titles(client.get(reverse(LIST), {"tag": "water", **NEWEST})) == ["Trees", "Pipes"]
    assert titles(client.get(reverse(LIST), {**here, "tag": "water"})) == ["Pipes"]
    nothing = client.get(reverse(LIST), {"consultation": str(other.translation_key), "tag": "light"})
    assert "No idea fits that" in nothing.content.decode()


@pytest.mark.parametrize(
    "query", ["?order=x", "?page=99999", "?page=-1", "?tag=%00", "?consultation=x&tag='--", "?page=a"]
)
def test_an_address_that_somebody_made_up_breaks_nothing(question, asha, client, query):
    shown(question, asha)
    assert client.get(reverse(LIST) + query).status_code == 200


def test_an_empty_list_says_what_will_stand_there(asked, client):
    page = client.get(reverse(LIST)).content.decode()
    assert "No ideas yet" in page and "Suggest an idea" in page


def test_reading_sets_no_cookie_and_holds_no_token(question, asha, ben, client):
    idea = shown(question, asha)
    said(idea, ben)
    for address in (reverse(LIST), reverse("ideas:detail", args=[idea.key]), reverse("ideas:choose")):
        page = client.get(address)
        assert not page.cookies and "csrfmiddlewaretoken" not in page.content.decode()
        assert "Cookie" not in page.get("Vary", "")
    assert reverse("ideas:support", args=[idea.key]) in client.get(reverse(LIST)).content.decode()


def test_who_is_signed_in_gets_buttons_and_sees_what_they_support(question, asha, ben):
    first, second = shown(question, asha, "First"), shown(question, asha, "Second")
    services.support(first, person=ben, now=clock.now())
    rows = {row["title"]: row["vote"] for row in signed_in(ben).get(reverse(LIST)).context["rows"]}
    assert rows["First"]["pressed"] and not rows["Second"]["pressed"]
    assert "value=0" in rows["First"]["action"] and "value=1" in rows["Second"]["action"]
    own = signed_in(asha).get(reverse(LIST)).context["rows"]
    assert all(row["vote"]["closed"] for row in own) and second.pk


@pytest.mark.parametrize("who", ["nobody", "ben"])
def test_a_list_costs_the_same_for_one_idea_and_for_many(
    question, asha, ben, chitra, client, who, django_assert_max_num_queries
):
    browser = signed_in(ben) if who == "ben" else client

    def cost():
        with django_assert_max_num_queries(40) as captured:
            assert browser.get(reverse(LIST)).status_code == 200
        return len(captured)

    said(shown(question, asha, "One", tags=["water"]), chitra)
    cost()
    few = cost()
    for number in range(8):
        idea = shown(question, asha, f"Number {number}", tags=["water", "schools"])
        said(said(idea, chitra), ben)
        ImportedCount.objects.create(contribution=idea, source="elsewhere", label="supports", number=3)
    assert cost() == few <= (16 if who == "nobody" else 19)


def test_counts_of_another_system_are_named_and_never_added(question, asha, client):
    idea = shown(question, asha)
    ImportedCount.objects.create(contribution=idea, source="consul:madrid", label="supports", number=4123)
    row = client.get(reverse(LIST)).context["rows"][0]
    assert row["vote"]["count"] == 0
    assert {"icon": "info", "text": "4,123 supports, counted by consul:madrid"} in row["meta"]


def test_replies_to_replies_are_counted_and_hidden_ones_are_not(question, asha, ben, chitra, client):
    idea = shown(question, asha)
    reply = said(said(idea, ben), chitra)
    hidden = said(reply, ben)
    reject(hidden, reason="spam", by=None, now=clock.now())
    meta = client.get(reverse(LIST)).context["rows"][0]["meta"]
    assert {"icon": "say", "text": "2 comments"} in meta


def test_an_idea_without_a_row_of_ours_is_called_by_its_first_line(asked, asha, client):
    idea = published_idea(asked, asha, "Shade at the stops\n\nTrees, not roofs.")
    row = client.get(reverse(LIST)).context["rows"][0]
    assert (row["title"], row["text"]) == ("Shade at the stops", "Trees, not roofs.")
    assert client.get(reverse("ideas:detail", args=[idea.key])).status_code == 200


def test_tags_of_words_that_are_not_shown_are_not_offered(question, asha):
    proposed(question, asha, "Waiting", tags=["secret"])
    shown(question, asha, "Shown", tags=["water"])
    assert [tag.name for tag in queries.tags_in_use(clock.now())] == ["water"]


def test_pages_of_a_list(question, asha, client):
    now = clock.now()
    for number in range(23):
        idea = shown(question, asha, f"Number {number}")
        Contribution.objects.filter(pk=idea.pk).update(published_at=now + timedelta(seconds=number))
    assert titles(client.get(reverse(LIST), NEWEST))[0] == "Number 22"
    assert titles(client.get(reverse(LIST), {"page": "2", **NEWEST})) == ["Number 2", "Number 1", "Number 0"]

"""Facets: plain links with what each would leave, counted under the other filters, at this moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.models import Agency
from consultations.models import Consultation, Topic
from consultations.models.topics import TopicTitle
from foundation import clock
from search import queries, services
from search.engines import SearchRequest, SearchResult
from tests.factories.consultations import (
    close,
    released_consultation,
    released_outcome,
    released_translation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(agency: Agency) -> dict[str, Consultation]:
    """One in each state, all about heron ponds; two about water, of which one also about schools."""
    found = {
        "open": released_consultation(title="Heron pond open"),
        "upcoming": released_consultation(title="Heron pond later", opens=timedelta(days=2)),
        "closed": close(released_consultation(title="Heron pond closed")),
        "answered": close(released_consultation(title="Heron pond answered")),
    }
    released_outcome(found["answered"])
    water = Topic.objects.create(slug="water", title="Water")
    TopicTitle.objects.create(topic=water, language="hi", title="पानी")
    school = Topic.objects.create(slug="schools", title="Schools")
    found["open"].topics.set([water, school])
    found["closed"].topics.set([water])
    list(services.reindex(now=clock.now()))
    return found


def asked(text: str, **filters: str) -> SearchResult:
    return queries.search(SearchRequest(text, **filters), now=clock.now())  # type: ignore[arg-type]


def test_state_and_topic_are_counted_and_narrow(four: dict[str, Consultation]) -> None:
    result = asked("heron pond")
    assert result.facets["state"] == {"answered": 2, "closed": 1, "open": 1, "upcoming": 1}
    assert result.facets["topic"] == {"water": 2, "schools": 1}
    for state, row in four.items():
        hits = asked("heron pond", state=state, kind="consultation").hits
        assert [hit.title for hit in hits] == [row.title]
    assert {hit.title for hit in asked("heron", topic="water").hits} == {
        "Heron pond open",
        "Heron pond closed",
    }
    both = asked("heron", topic="water", state="closed")
    assert [hit.title for hit in both.hits] == ["Heron pond closed"]
    assert (both.total, both.facets["state"], both.facets["topic"]) == (
        1,
        {"closed": 1, "open": 1},
        {"water": 1},
    )


def test_a_state_is_that_of_this_moment_without_a_new_index(four: dict[str, Consultation]) -> None:
    close(four["open"])
    assert asked("heron pond").facets["state"] == {"answered": 2, "closed": 2, "upcoming": 1}
    assert asked("heron pond", state="open").total == 0


def test_what_belongs_to_no_consultation_is_in_no_state(
    four: dict[str, Consultation], agency: Agency
) -> None:
    result = asked("board")
    assert result.facets["kind"]["agency"] >= 1
    assert asked("board", kind="agency", state="open").total == 0


def test_a_language_counts_every_form_of_a_word_whichever_is_chosen(four: dict[str, Consultation]) -> None:
    released_translation(four["open"], "hi")
    list(services.reindex(now=clock.now()))
    assert asked("पानी").facets["language"] == asked("पानी", language="en").facets["language"] == {"hi": 1}


def test_each_facet_is_a_list_of_links_that_keep_the_others(
    client: Client, four: dict[str, Consultation]
) -> None:
    page = client.get("/en/search/?q=heron+pond&topic=water&page=3").content.decode()
    assert escape("/en/search/?q=heron+pond&topic=water&state=open") in page
    assert escape("/en/search/?q=heron+pond&state=") not in page
    assert 'class="chip" href="/en/search/?q=heron+pond">Water' in page
    assert '<input type="hidden" name="topic" value="water"' in page
    assert "<select" not in page
    hindi = client.get("/hi/search/?q=heron+pond").content.decode()
    assert ">पानी</bdi>" in hindi


def test_a_facet_that_would_narrow_nothing_is_not_shown(
    client: Client, four: dict[str, Consultation]
) -> None:
    page = client.get("/en/search/?q=heron+pond").content.decode()
    assert "All topics" in page
    assert "All languages" not in page
    assert "All agencies" not in page


@pytest.mark.parametrize(
    "query", ["topic=%27--", "state=withdrawn", "topic=water%00", "state=open&state=closed"]
)
def test_a_filter_that_is_not_known_counts_as_none(
    client: Client, four: dict[str, Consultation], query: str
) -> None:
    assert client.get(f"/en/search/?q=heron&{query}").status_code == 200


def test_the_number_of_queries_does_not_grow_with_what_is_found(
    client: Client, four: dict[str, Consultation]
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "Narrow these results" in client.get("/en/search/?q=heron").content.decode()
        return len(asked)

    cost()
    before = cost()
    for number in range(6):
        row = released_consultation(title=f"Heron pond {number}")
        row.topics.add(Topic.objects.create(slug=f"topic-{number}", title=f"Topic {number}"))
    list(services.reindex(now=clock.now()))
    assert cost() == before < 25

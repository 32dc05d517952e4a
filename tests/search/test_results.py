"""The page of search: found, nothing found, and not answering are three different things."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Person
from consultations.models import Contribution
from search import services
from search.engines import engine
from tests.factories.consultations import ideas, published_idea, released_consultation
from tests.search.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(asha: Person, agency: Agency) -> Contribution:
    """An idea about drinking water that everybody can read, and that stands in the index."""
    row = released_consultation(title="Water at night", questions=[ideas()])
    found = published_idea(row, asha, "A tap at the market\n\nClean <b>drinking</b> water for everybody.")
    list(services.reindex(now=NOW))
    return found


def page_of(client: Client, query: str, language: str = "en") -> str:
    answer = client.get(f"/{language}/search/{query}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    return answer.content.decode()


def test_what_is_found_is_linked_marked_and_told_in_numbers(client: Client, idea: Contribution) -> None:
    page = page_of(client, "?q=WATERS+drinking")
    assert reverse("ideas:detail", args=[idea.key]) in page
    assert "Clean &lt;b&gt;<mark>drinking</mark>&lt;/b&gt; <mark>water</mark> for everybody." in page
    assert "1 result<" in page
    assert "Nadipur Water Board" in page
    assert 'value="WATERS drinking"' in page


def test_the_address_is_in_the_language_of_the_reader(client: Client, idea: Contribution) -> None:
    page = page_of(client, "?q=drinking", "hi")
    assert f'href="/hi/ideas/{idea.key}/" lang="en"' in page


def test_kinds_are_links_with_counts_and_narrow(client: Client, idea: Contribution) -> None:
    page = page_of(client, "?q=water")
    assert "?q=water&amp;kind=idea" in page
    assert "?q=water&amp;kind=consultation" in page
    narrowed = page_of(client, "?q=water&kind=idea&agency=water&language=en")
    assert "1 result<" in narrowed
    assert '<input type="hidden" name="kind" value="idea"' in narrowed


def test_nothing_found_says_so_with_two_ways_on(client: Client, idea: Contribution) -> None:
    page = page_of(client, "?q=zeppelin+%3Cscript%3E")
    assert "Nothing found for “<bdi>zeppelin &lt;script&gt;</bdi>”" in page
    assert reverse("consultations:index") in page
    assert reverse("ideas:index") in page
    narrowed = (
        page_of(client, "?q=drinking&agency=parks&kind=idea") if Agency.objects.filter(slug="parks") else ""
    )
    assert "result<" not in narrowed


def test_nothing_under_a_filter_offers_to_search_everywhere(
    client: Client, idea: Contribution, other_agency: Agency
) -> None:
    page = page_of(client, f"?q=drinking&agency={other_agency.slug}")
    assert "Search everywhere" in page
    assert 'href="/en/search/?q=drinking"' in page


def test_no_words_are_a_question_and_not_a_failure(client: Client) -> None:
    for query in ("", "?q=", "?q=%20%00", "?q=!!!"):
        page = page_of(client, query)
        assert "What are you looking for?" in page
        assert "Nothing found" not in page


def test_an_engine_that_fails_is_said_to_fail_and_the_words_stay(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise OperationalError("no such table: search_terms")

    monkeypatch.setattr(type(engine()), "query", broken)
    answer = client.get("/en/search/?q=water")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Search does not answer just now" in page
    assert 'value="water"' in page
    assert "Nothing found" not in page
    assert "no such table" not in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=%22%27%25_%5C*",
        "?q=water%00",
        "?q=%ED%A0%80",
        "?q=%E2%80%AEwater",
        f"?q={'x' * 5000}",
        "?q=water&page=99999999999999999999",
        "?q=water&page=-1",
        "?q=water&page=२",
        "?q=water&kind=nonsense&agency=%27--&language=xx",
        "?q=a&q=b&kind=&kind=idea",
    ],
)
def test_hostile_addresses_are_pages(client: Client, idea: Contribution, query: str) -> None:
    page_of(client, query)


def test_a_page_beyond_the_last_shows_the_last(
    client: Client, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.queries.readable", lambda hits, **_how: list(hits))
    put(*(f"water number{number}" for number in range(45)))
    for number in (3, 4, 9):
        page = page_of(client, f"?q=water&page={number}")
        assert page.count('class="row"') == 5
        assert "45 results" in page
        assert 'aria-current="page"><span class="vh">Page </span>3' in page


def test_the_way_to_search_is_in_every_masthead(client: Client) -> None:
    page = page_of(client, "")
    assert 'href="/en/search/"' in page.partition("<main")[0]


def test_a_page_of_results_is_small_and_asks_little(
    client: Client, idea: Contribution, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        page = page_of(client, "?q=water")
    assert len(page.encode()) < 60_000

"""Did you mean: only where nothing was found, only words that do find something, only from what everybody may read."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, Person
from consultations.models import Contribution
from consultations.services import reject
from foundation import clock
from search import queries, vocabulary
from search.engines import SearchRequest, engine
from search.models import SearchEntry, SearchWord
from tests.factories.consultations import ideas, published_idea, released_consultation

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[object]]
Put = Callable[..., None]


def guess(text: str, **more: object) -> str:
    return engine().meant(SearchRequest(text, **more))  # type: ignore[arg-type]


@pytest.fixture
def idea(commit: Commit, agency: Agency, asha: Person) -> Contribution:
    with commit():
        row = released_consultation(title="Water at night", questions=[ideas()])
        return published_idea(row, asha, "A pergola at the market\n\nWith canarybirds for everybody.")


@pytest.mark.parametrize(
    ("language", "written", "typed", "meant"),
    [
        ("en", "The library closes early", "libary", "library"),
        ("en", "The library closes early", "libraray", "library"),
        ("en", "The library closes early", "lirbary", "library"),
        ("en", "The library closes early", "kibrary", "library"),
        ("en", "The library closes early", "THE LIBARY, closes", "THE library, closes"),
        ("fr", "L'éclairage des rues", "eclairge", "éclairage"),
        ("hi", "नया पुस्तकालय बने", "पुसतकालय", "पुस्तकालय"),
        ("ar", "تنظيف الحدائق", "الحدئق", "الحدائق"),
    ],
)
def test_a_slip_of_one_letter_is_put_right_in_every_language(
    put: Put, language: str, written: str, typed: str, meant: str
) -> None:
    put(written, language=language)
    assert engine().query(SearchRequest(typed)).total == 0
    assert guess(typed) == meant


def test_the_word_that_most_hold_is_meant(put: Put) -> None:
    put("The canal", "A canal", "One canal", "The camel")
    assert guess("canel") == "canal"


def test_words_that_are_there_stay_and_what_is_near_to_nothing_is_not_guessed(put: Put) -> None:
    put("The library closes early", "Night buses")
    assert guess("library buses") == ""
    assert guess("zeppelin") == ""
    assert guess("libary zeppelin") == ""
    assert guess("libary buses") == "library buses"
    assert guess("1234 lib") == guess("") == guess("\x00") == ""


def test_a_guess_is_offered_only_when_it_finds_something(
    client: Client, put: Put, idea: Contribution
) -> None:
    page = client.get("/en/search/?q=pergolla+market").content.decode()
    assert "Nothing found" in page
    assert 'Did you mean <a href="/en/search/?q=pergola+market">' in page
    put("library")  # by a source that is not there, so it cannot be read
    for nothing in ("libary", "pergolla+waater", "pergola"):
        assert "Did you mean" not in client.get(f"/en/search/?q={nothing}").content.decode(), nothing


def test_a_guess_keeps_the_filters_where_it_finds_something_under_them(
    client: Client, idea: Contribution
) -> None:
    page = client.get("/en/search/?q=pergolla&kind=idea").content.decode()
    assert 'href="/en/search/?q=pergola&amp;kind=idea"><bdi>pergola</bdi>' in page
    page = client.get("/en/search/?q=pergolla&kind=outcome").content.decode()
    assert 'href="/en/search/?q=pergola"><bdi>pergola</bdi>' in page


def test_nothing_is_guessed_from_what_may_no_longer_be_read_even_when_nobody_said_so(
    idea: Contribution,
) -> None:
    assert queries.search(SearchRequest("pergolla"), now=clock.now()).meant == "pergola"
    Contribution.objects.filter(pk=idea.pk).update(state="rejected", reason="spam")
    assert SearchWord.objects.filter(word="pergola").exists()
    assert queries.search(SearchRequest("pergolla"), now=clock.now()).meant == ""


def test_a_word_goes_with_the_last_entry_that_holds_it(commit: Commit, put: Put, idea: Contribution) -> None:
    put("For everybody")
    with commit():
        reject(idea, reason="personal_data", by=None, now=clock.now())
    kept = set(SearchWord.objects.values_list("word", flat=True))
    assert "everybody" in kept
    assert not {"pergola", "canarybirds"} & kept


def test_a_word_that_was_taken_out_of_a_text_goes_too(put: Put) -> None:
    put("The library of Asha Sharma", "The library")
    put("The library of the ward")
    kept = set(SearchWord.objects.values_list("word", flat=True))
    assert {"library", "ward"} <= kept
    assert not {"asha", "sharma"} & kept
    put("The secret garden", public=False)
    assert not SearchWord.objects.filter(word__in=["secret", "garden", "ward"]).exists()


def test_the_same_words_twice_are_kept_once(put: Put) -> None:
    put("library library Libraries LIBRARY")
    before = SearchWord.objects.count()
    put("library libraries", begin=2)
    vocabulary.note({"library": "Library"})
    assert (
        SearchWord.objects.count()
        == before
        == len(vocabulary.forms("library") | {""}) - 1 + len(vocabulary.forms("libraries"))
    )


def test_what_is_no_word_is_not_kept() -> None:
    assert vocabulary.words_of("an ox 2026 ab12cd https x" + "y" * 40 + " \u202enight\u202c O'Brien") == {
        "https": "https", "night": "night", "brien": "brien",
    }  # fmt: skip


@pytest.mark.parametrize(
    "asked", ["libary " * 300, "libary' OR 1=1 --", "libary%_", "l̷̢̛i̶b̴a̵r̸y̷", "\u202elibary"]
)
def test_hostile_words_are_guessed_about_without_harm(client: Client, put: Put, asked: str) -> None:
    put("library")
    guess(asked)
    answer = client.get("/en/search/", {"q": asked})
    assert answer.status_code == 200
    assert SearchEntry.objects.count() == 1


def test_guessing_asks_a_number_of_queries_that_hangs_on_nothing(put: Put) -> None:
    put(*(f"librar{chr(97 + number)} closes" for number in range(26)))

    def cost(text: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            guess(text)
        return len(asked)

    assert cost("libraree") == cost("libraree closses") == 3

"""One behaviour on both databases: what is found, in which order, and what is never an error."""

from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import facets
from search.engines import Entry, SearchRequest, engine
from search.engines._tables import CAP
from search.models import SearchEntry
from tests.search.conftest import NOW

pytestmark = pytest.mark.django_db
Put = Callable[..., None]


def keys(text: str, **filters: object) -> list[str]:
    return [hit.key for hit in engine().query(SearchRequest(text, **filters)).hits]  # type: ignore[arg-type]


def found(text: str, **filters: object) -> set[str]:
    return set(keys(text, **filters))


def test_the_engine_is_that_of_the_database() -> None:
    assert engine().key == {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]


def test_every_word_must_be_there_in_any_of_its_forms(put: Put) -> None:
    put("The libraries close early", "A library near the school", "The school closes")
    assert found("library") == found("LIBRARIES") == {"1", "2"}
    assert found("library school") == {"2"}
    assert found("library river") == set()


def test_a_word_in_the_title_goes_before_the_same_in_the_text(put: Put) -> None:
    put("We spoke of water and of other things in the evening")
    engine().index(
        [Entry("test", "9", "en", "Water", "Other things in the evening, and more", "idea")], now=NOW
    )
    assert keys("water") == ["9", "1"]


def test_a_title_that_belongs_to_another_thing_is_shown_and_not_searched(put: Put) -> None:
    put("It never comes at night", title="Night buses", by_title=False)
    assert keys("buses") == []
    (hit,) = engine().query(SearchRequest("comes night")).hits
    assert hit.title == hit.marked_title == "Night buses"


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("hi", "नदियों की सफाई", "नदी"),
        ("hi", "नदियों की सफाई", "नदियाँ"),
        ("hi", "सड़कों पर गड्ढे", "सड़क"),
        ("hi", "नई किताबें आई हैं", "किताब"),
        ("hi", "हिन्दी पुस्तकालय", "हिंदी"),
        ("hi", "वार्ड १२ में", "12"),
        ("ar", "تنظيف الحدائق والمدينة", "مدينة"),
        ("ar", "تنظيف الحدائق والمدينة", "المدينه"),
        ("ar", "حَديقة جميلة", "الحديقة"),
        ("ar", "أحمد يكتب", "احمد"),
        ("ar", "المكتبات", "مكتبة"),
        ("fr", "l'éclairage des écoles", "eclairage école"),
        ("es", "Más árboles para los niños", "arbol niño"),
        ("en", "Naïve café owners", "cafe naive"),
    ],
)
def test_words_are_found_in_every_language_however_they_are_written(
    put: Put, language: str, written: str, asked: str
) -> None:
    put(written, language=language)
    assert keys(asked) == ["1"]
    assert keys(asked, language=language) == ["1"]


def test_parts_of_words_and_single_letters_find_nothing_in_devanagari_and_arabic(put: Put) -> None:
    put("नदियों की सफाई", "किताब", language="hi")
    put("حَديقة", language="ar", begin=3)
    assert found("नाद") == found("क") == found("ताब") == set()
    assert found("ديقة") == set()


def test_words_without_a_subject_count_only_when_they_stand_alone(put: Put) -> None:
    put("Trees for the street", "Trees")
    assert found("the trees") == {"1", "2"}
    assert found("the") == {"1"}
    put("नदी की सफाई", "नदी", language="hi", begin=3)
    assert found("नदी की", reader="hi") == {"3", "4"}


def test_filters_narrow_and_facets_count_what_each_would_leave(put: Put) -> None:
    put("water one", "water two", kind="idea", agency="water")
    put("water three", kind="idea", agency="parks", begin=3)
    put("water four", kind="outcome", agency="parks", begin=4)
    put("water fünf", kind="outcome", agency="", begin=5)
    put("पानी water", kind="outcome", agency="parks", begin=6, language="hi")
    asked = SearchRequest("water", kind="idea", agency="parks")
    result = engine().query(asked)
    assert [hit.key for hit in result.hits] == ["3"]
    assert (result.total, result.is_exact) == (1, True)
    assert facets.count(result.cells, asked, {}) == {
        "kind": {"outcome": 2, "idea": 1},
        "agency": {"water": 2, "parks": 1},
        "language": {"en": 1},
        "topic": {},
        "state": {},
    }
    assert found("water", language="hi") == {"6"}
    everything = SearchRequest("water")
    counted = facets.count(engine().query(everything).cells, everything, {})
    assert counted["kind"] == {"idea": 3, "outcome": 3}
    assert counted["language"] == {"en": 5, "hi": 1}


def test_pages_follow_one_another_without_a_gap_or_a_repeat(put: Put) -> None:
    put(*(f"water number{number}" for number in range(45)))
    pages = [keys("water", offset=offset, limit=20) for offset in (0, 20, 40, 60)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({key for page in pages for key in page}) == 45
    assert engine().query(SearchRequest("water", offset=60)).total == 45


def test_beyond_the_limit_a_total_says_that_it_is_more_than_that(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CAP == 5000
    monkeypatch.setattr("search.engines._tables.CAP", 10)
    put(*(f"water number{number}" for number in range(30)), kind="idea")
    put(*(f"water other{number}" for number in range(3)), kind="page", begin=31)
    result = engine().query(SearchRequest("water"))
    assert (result.total, result.is_exact) == (10, False)
    narrow = engine().query(SearchRequest("water", kind="page"))
    assert (narrow.total, narrow.is_exact) == (3, True)
    assert {hit.key for hit in narrow.hits} == {"31", "32", "33"}


def test_what_is_put_in_again_replaces_and_what_is_removed_is_gone(put: Put) -> None:
    put("water")
    put("trees")
    assert (found("water"), found("trees")) == (set(), {"1"})
    assert SearchEntry.objects.count() == 1
    assert engine().remove("test", ["1", "2"]) == 1
    assert found("trees") == set()
    put("water", public=False)
    assert found("water") == set()


def test_removed_thoroughly_no_word_is_left_behind_the_scenes(put: Put) -> None:
    put("canarybird in the garden", "garden")
    put("garden", "garden party")
    engine().remove("test", ["1"])
    put("zebrafinch", begin=3)
    engine().remove("test", ["3"], thoroughly=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_terms_data")
            kept = b"".join(block for (block,) in cursor.fetchall())
        assert b"garden" in kept
        assert b"canarybird" not in kept
        assert b"zebrafinch" not in kept
    assert not SearchEntry.objects.filter(body__contains="zebrafinch").exists()
    assert found("party") == {"2"}


HOSTILE = [
    '"',
    "'",
    "%",
    "_",
    "\\",
    "*",
    "water*",
    '"water',
    "water AND",
    "NEAR(water, 2)",
    "title_terms:water",
    "-water",
    "water OR 1=1 --",
    "'; DROP TABLE search_searchentry; --",
    "water & | ! ( )",
    "water:*",
    "a\x00b",
    "\x00",
    "\u202ewater\u202c",
    "\u200f",
    "%s %(x)s {0}",
    "{{ 7|add:7 }}",
    "\ud800",
    "\U0001dfcd",
    "\U000e0001",
    "🚲",
    "ﷺ",
    "\u0301",
    "ा",
    "^water",
    "x" * 100_000,
    "water " * 20_000,
    " ".join(f"w{number}" for number in range(20_000)),
    "(" * 50_000,
    "ّ" * 1000,
]


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words_and_never_an_error(put: Put, asked: str) -> None:
    put("water for the trees", asked)
    result = engine().query(SearchRequest(asked))
    assert not result.asked or result.cut or "2" in [hit.key for hit in result.hits]
    assert not engine().similar(asked, language="en") or result.asked
    assert SearchEntry.objects.count() == 2


def test_signs_and_operators_mean_nothing(put: Put) -> None:
    put("water near the trees", "drought and fire")
    for asked in (
        '"water" trees',
        "water -- trees",
        "(water) & trees!",
        "\u202etrees water",
        "wa\u00adter trees",
    ):
        assert keys(asked) == ["1"], asked
    assert keys("water NOT trees") == ["1"]
    assert keys("water OR drought", reader="en") == []


def test_too_many_words_are_cut_and_it_is_said(put: Put) -> None:
    words = [f"word{chr(97 + number)}" for number in range(20)]
    put(" ".join(words[:12]))
    result = engine().query(SearchRequest(" ".join(words)))
    assert (result.total, result.cut) == (1, True)
    assert not engine().query(SearchRequest(" ".join(words[:12]))).cut


@pytest.mark.parametrize("asked", ["", " ", "…", "!?", "\x00", "()"])
def test_without_a_word_nothing_was_asked(put: Put, asked: str) -> None:
    put("water")
    result = engine().query(SearchRequest(asked))
    assert (result.asked, result.total, result.hits) == (False, 0, ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["en", "hi", "ar", "fr", "es"]))
def test_whatever_was_written_is_found_by_its_own_words(put: Put, text: str, language: str) -> None:
    put(text, language=language)
    result = engine().query(SearchRequest(text, reader=language))
    assert not result.asked or result.cut or [hit.key for hit in result.hits] == ["1"]


def test_marks_and_excerpts_are_escaped(put: Put) -> None:
    put('<script>alert("water")</script> & <b>Waters</b>', title="<i>water</i>")
    (hit,) = engine().query(SearchRequest("water")).hits
    assert hit.marked_title == "&lt;i&gt;<mark>water</mark>&lt;/i&gt;"
    assert "<script" not in hit.excerpt
    assert hit.excerpt.count("<mark>") == 2
    assert "&amp;" in hit.excerpt


def test_an_excerpt_is_cut_around_the_words_that_were_looked_for(put: Put) -> None:
    before, after = "trees " * 500, " roads" * 500
    put(f"{before}the water of the canal{after}")
    (hit,) = engine().query(SearchRequest("water canal")).hits
    assert "<mark>water</mark> of the <mark>canal</mark>" in hit.excerpt
    assert hit.excerpt.startswith("… ")
    assert hit.excerpt.endswith(" …")
    assert len(hit.excerpt) < 500


def test_a_very_long_text_is_kept_to_its_limit_and_still_found(put: Put) -> None:
    put("नदियों की सफाई " * 30_000, language="hi")
    assert len(SearchEntry.objects.get().body) == 100_000
    assert keys("नदी") == ["1"]


def test_similar_asks_for_the_rarest_words_and_ranks_by_what_is_shared(put: Put) -> None:
    put(
        "A shelter with shade at the bus stop on Canal Road",
        "More buses in the evening",
        "Shade and water at the Canal Road bus stop for those who wait",
        "A library for the ward",
        *(f"The road number{number} is broken" for number in range(30)),
    )
    alike = engine().similar("The bus stop at Canal Road has no shade", language="en", limit=3)
    assert [found.hit.key for found in alike][:2] == ["1", "3"]
    assert all(0 < found.likeness <= 1 for found in alike)
    assert alike == sorted(alike, key=lambda found: -found.likeness)
    assert engine().similar("Nothing whatever shared", language="en") == []
    assert engine().similar("bus stop shade canal", language="en", kind="outcome") == []


def test_similar_works_across_the_forms_of_hindi_and_arabic(put: Put) -> None:
    put("नदियों की सफाई हर महीने", "पुस्तकालय में किताबें", language="hi")
    put("تنظيف الحدائق", "فتح المكتبات ليلا", language="ar", begin=3)
    assert [found.hit.key for found in engine().similar("नदी की सफाई", language="hi")] == ["1"]
    assert [found.hit.key for found in engine().similar("مكتبة مفتوحة ليلا", language="ar")] == ["4"]

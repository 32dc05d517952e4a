"""Numbers, faces, bars and pages as readers see them."""

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from design import charts, paging, words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Imran, ward 9", "IM"),
        ("Ravi Menon, City Water Board", "RM"),
        ("सुशीला", "सु"),
        ("ليلى", "ل"),
        ("", ""),
    ],
)
def test_a_face_shows_the_first_letters_of_a_name(name: str, letters: str) -> None:
    assert words.initials(name) == letters


def test_a_number_is_grouped_as_the_reader_groups_it() -> None:
    with translation.override("en"):
        assert words.number(41208) == "41,208"
        assert words.number(0) == "0"
        assert words.number(None) == ""
    with translation.override("hi"):
        assert words.number(1241208) == "12,41,208"
    with translation.override("ar"):
        assert words.number(1241208) == "1,241,208"


@pytest.mark.parametrize(
    ("code", "way"), [("en", "ltr"), ("hi", "ltr"), ("ar", "rtl"), ("ur", "rtl"), ("sd", "rtl")]
)
def test_a_language_has_a_direction(code: str, way: str) -> None:
    assert words.direction(code) == way


def test_words_in_another_language_say_so_and_in_the_same_do_not() -> None:
    template = engines["django"].from_string("{% load design %}<p{% lang_attrs code %}>")
    with translation.override("en"):
        assert template.render({"code": "ar"}) == '<p lang="ar" dir="rtl">'
        assert template.render({"code": "en"}) == "<p>"


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_the_parts_of_a_bar_fill_it_and_touch(counts: list[int]) -> None:
    (bar,) = charts.bars([("All", *counts)], ["For", "Unsure", "Against"])
    at = 0.0
    for part in bar["parts"]:
        assert float(part.start.rstrip("%")) == pytest.approx(at, abs=0.02)
        at += float(part.width.rstrip("%"))
    assert at == pytest.approx(100 if sum(counts) else 0, abs=0.05)


def test_the_longest_of_single_bars_is_full() -> None:
    bars = charts.bars([("Evenings", 812), ("Food", 203), ("None", 0)], ["Answers"])
    assert [[part.width for part in bar["parts"]] for bar in bars] == [["100%"], ["25%"], []]


def test_a_chart_is_followed_by_the_same_numbers_as_a_table() -> None:
    template = engines["django"].from_string("{% load design %}{% chart 'Quiet' rows key group='Where' %}")
    with translation.override("en"):
        page = template.render({"rows": [("Near <1 km", 1520, 80)], "key": ["For", "Against"]})
    assert "95% for" in page
    assert '<th scope="row"><span><bdi>Near &lt;1 km</bdi>' in page
    assert '<td class="n"><span><bdi>1,520</bdi>' in page
    assert "url(#hatch-1)" in page


def test_pages_keep_the_filters_and_say_where_the_reader_is() -> None:
    request = RequestFactory().get("/en/ideas/?q=tap&page=3")
    with translation.override("en"):
        links = paging.page_links(request, Paginator(range(318), 10).page(3))
    assert links["words"] == "21 to 30 of 318"
    assert links["before"] == "/en/ideas/?q=tap&page=2"
    assert links["numbers"][0]["url"] == "/en/ideas/?q=tap"
    assert [page for page in links["numbers"] if page.get("current")] == [
        {"number": 3, "url": "/en/ideas/?q=tap&page=3", "current": True}
    ]


def test_support_is_a_link_for_readers_and_a_form_for_those_who_may_send_at_once() -> None:
    template = engines["django"].from_string(
        "{% load design %}{% vote 7 url='/en/support/' %}{% vote 7 action='/en/support/' pressed=True %}"
    )
    page = template.render({}, RequestFactory().get("/en/"))
    assert '<a class="vote" href="/en/support/">' in page
    assert '<form method="post" action="/en/support/"><input type="hidden" name="csrfmiddlewaretoken"' in page
    assert 'aria-pressed="true"' in page

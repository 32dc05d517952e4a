"""Words that want to break a page stay words."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ideas import wording
from tests.ideas.conftest import said, shown
from tests.people import signed_in

TOWER = "Z" + "\u0337\u0321\u031b" * 40 + "algo"
HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.mark.parametrize(
    "text", [HTML, TOWER, "a\u202egnp.exe", "pаypal", "w" * 4000, "{{ request }}{% url %}", "\x1b[31m"]
)
def test_they_are_shown_escaped_in_list_page_thread_and_form(question, asha, ben, client, text):
    idea = shown(question, asha, text[:120], text)
    said(idea, ben, text[:3000])
    for address in (reverse("ideas:index"), reverse("ideas:detail", args=[idea.key])):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "\u202e" not in page and "\x1b" not in page
        assert "\u0337\u0321\u031b" * 3 not in page


def test_typed_words_come_back_escaped(question, asha):
    from_form = {"title": HTML, "text": HTML, "tags": ""}
    looked = signed_in(asha).post(reverse("ideas:propose", args=[question.pk]), from_form).content.decode()
    assert "<script>alert" not in looked and "&lt;script&gt;alert" in looked


def test_what_is_taken_off_and_what_stays():
    assert wording.cleaned("a\u202eb\u2066c\ufeff") == "abc"
    assert wording.cleaned("line\r\nnext\ttab") == "line\nnext\ttab"
    for kept in ("क्षत्रिय नदियों", "مُحَمَّدٌ", "Ťažký", "مى‌خواهم", "👩‍👩‍👧"):
        assert wording.cleaned(kept) == kept
    assert len(wording.cleaned(TOWER)) < 15
    assert wording.one_line("a\n b\t c") == "a b c"


def test_nul_is_left_for_the_hall_to_refuse():
    assert "\x00" in wording.cleaned("a\x00b")


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text):
    once = wording.cleaned(text)
    assert wording.cleaned(once) == once


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("हर वार्ड में", "en", "hi"),
        ("أرجو الماء", "en", "ar"),
        ("Water, please", "en", "en"),
        ("Water, please", "hi", "en"),
        ("Agua", "es", "es"),
        ("123", "en", "en"),
    ],
)
def test_a_text_is_marked_with_the_language_of_its_script(text, page, language):
    assert wording.written_in(text, page) == language


@pytest.mark.parametrize(
    ("title", "text", "body"),
    [
        ("A tap", "A tap\n\nAt the gate.", "At the gate."),
        ("A tap", "At the gate.", "At the gate."),
        ("", "x", "x"),
    ],
)
def test_the_title_is_not_read_twice(title, text, body):
    assert wording.body_of(title, text) == body

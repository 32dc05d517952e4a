"""The length that the editor sees is the length that the network will count."""

from importlib import import_module
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.channels import channels
from outreach.channels._lengths import URL_COUNTS, graphemes, links, mastodon_length
from outreach.channels.base import Part

LETTERS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="@:/"), max_size=60)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Plain words.", 12),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 2),
        ("🇧🇪🇫🇷", 2),
        ("नमस्ते", 3),
        ("e\u0301" * 5, 5),
        ("ملخص الاستشارة", 14),
        ("Read https://agency.example/consultations/42/summary?lang=en", 5 + 23),
        ("Read https://a.bc", 5 + 23),
        ("(see https://agency.example/x).", 5 + 23 + 2),
        ("see https://en.wikipedia.org/wiki/Rust_(language)", 4 + 23),
        ("https://a.example/1 https://a.example/2", 23 + 1 + 23),
        ("agency.example/x counts in full", 31),
        ("http://localhost:8000/x", 23),
        ("http://localhost/xyz is no link there", 37),
        ("@asha@very.long.server.example thanks", 12),
        ("@asha thanks", 12),
        ("mail asha@people.example", 24),
        ("#https://a.example/very/long/path/that/goes/on", 46),
    ],
)
def test_mastodon_counts_as_mastodon_does(text, length):
    assert mastodon_length(text) == length


@given(LETTERS)
def test_words_without_links_count_as_people_see_them(text):
    assert mastodon_length(text) == graphemes(text)


@given(LETTERS, st.integers(1, 300), LETTERS)
def test_a_link_counts_the_same_however_long_it_is(before, size, after):
    text = f"{before} https://agency.example/{'a' * size} {after}"
    assert mastodon_length(text) == graphemes(f"{before} ") + URL_COUNTS + graphemes(f" {after}")


@pytest.fixture(scope="module")
def independent() -> ModuleType:
    """Another reader of links; half a second to load, so not before it is asked."""
    return import_module("twitter_text.extract_urls")


@settings(max_examples=400)
@given(st.text("ab1 .,;:!?/-_~=&#%\"'", max_size=20))
def test_links_end_where_an_independent_reader_says_they_end(independent, tail):
    text = f"See https://agency.org/{tail} end"
    assert links(text) == [found["url"] for found in independent.extract_urls_with_indices(text, False)]


@given(LETTERS, LETTERS)
def test_more_words_are_never_shorter(text, more):
    assert mastodon_length(f"{text} {more}") >= mastodon_length(text)


@given(LETTERS)
def test_the_preview_and_the_worker_stop_exactly_above_the_limit(text):
    channel = channels()["mastodon"]
    part = Part(text=f"{text}.", language="en")
    length = channel.count(part)
    assert not channel.validate([part], limit=length)
    assert channel.validate([part], limit=length - 1 or None) or length == 1

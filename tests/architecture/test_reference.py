"""The pages of reference say what the code says: no row is missing, none is too many."""

import re

import pytest

from consultations.instruments import instruments
from outreach.channels import channels
from scripts import reference

PAGES = reference.pages()


def test_three_pages_have_tables_made_from_the_code():
    assert [page.stem for page in PAGES] == ["announcements", "channels", "instruments"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_reference_is_as_the_code_is(page):
    made = reference.filled(page)
    assert page.read_text(encoding="utf-8") == made, "the code changed: `make reference` writes the page anew"


def test_every_channel_instrument_and_announcement_has_one_row():
    def rows(name):
        return re.findall(r"^\| `([\w.]+)`", "\n".join(reference.MADE[name]()), re.MULTILINE)

    assert rows("channels") == list(channels())
    assert rows("instruments") == list(instruments)
    assert len(rows("announcements")) == len(set(rows("announcements"))) > 20


def test_an_announcement_is_said_with_the_facts_that_its_docstring_names():
    said = reference.said()
    for room, _signals in reference.rooms_with_signals():
        for name, words in reference.told(room).items():
            assert said[f"{room}.{name}"], f"nobody says {room}.{name}"
            for path, facts in said[f"{room}.{name}"].items():
                assert facts == reference.promised(words), f"{path} says {room}.{name} with other facts"

"""`make looks`: what is asked for is taken, and what is left out is left out by a name that is there."""

import pytest

from scripts import looks
from tests.holds.addresses import ROWS
from tests.holds.sent import SENT


def test_a_wish_that_is_none_is_refused_with_what_there_is(monkeypatch):
    monkeypatch.setenv("STATES", "filled wrongly")
    with pytest.raises(SystemExit, match="filled bare wrong demo unscripted, not wrongly"):
        looks._asked("STATES", looks.STATES)


def test_a_page_is_taken_by_its_name_or_its_address(monkeypatch):
    monkeypatch.setenv("PAGES", "ideas posts")
    asked = looks.Looks(window=None)
    assert asked.wanted("ideas:index", "/en/x/") and asked.wanted("outreach_x", "/admin/posts/")
    assert not asked.wanted("records:index", "/en/record/")


def test_what_was_found_is_told_and_kept(monkeypatch, capsys):
    asked = looks.Looks(window=None)
    asked.note("filled", "ideas:index", "", "hi", iter([("axe 320", "breaks a rule")]))
    assert asked.found == ["[axe 320] filled hi ideas:index (a stranger): breaks a rule"]
    assert capsys.readouterr().out.strip() == asked.found[0]


def test_what_is_left_out_is_there():
    assert set(looks.NOT_OFFERED) <= set(SENT)
    assert set(looks.SCRIPTED) <= set(ROWS)

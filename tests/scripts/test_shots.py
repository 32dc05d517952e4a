"""Pictures of the pages: which ones are taken, and that those that are kept are light and shown."""

import pytest

from scripts import shots
from scripts.venv import ROOT

PATHS = {language: {"home": f"/{language}/", "idea": f"/{language}/ideas/1/"} for language in shots.LANGS}
PATHS["ar"] = {"home": "/ar/"}
KEPT = sorted((ROOT / "docs/screens").glob("*.webp"))
MOST = 120 * 1024


def test_without_a_wish_every_page_is_taken_in_each_width_mode_and_language():
    taken = list(shots.wanted(PATHS))
    assert len(taken) == 5 * 3 * 2
    assert len({shot.file for shot in taken}) == len(taken)


def test_a_wish_takes_fewer_and_what_stands_in_no_such_language_is_left_out(monkeypatch):
    monkeypatch.setenv("PAGES", "idea")
    monkeypatch.setenv("LANGS", "hi ar")
    monkeypatch.setenv("WIDTHS", "320")
    monkeypatch.setenv("MODES", "dark")
    assert [shot.file.name for shot in shots.wanted(PATHS)] == ["idea.hi-320-dark.png"]


def test_a_dozen_is_kept():
    assert len(KEPT) == 12


@pytest.mark.parametrize("picture", KEPT, ids=lambda path: path.name)
def test_a_kept_picture_is_light_and_shown(picture):
    assert picture.stat().st_size <= MOST
    assert picture.name in (ROOT / "docs/screens/README.md").read_text()

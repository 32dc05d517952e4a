"""`make shots`: pictures of every kind of page of the demo, in three widths, light and dark, in three scripts.

They go into `shots/`, as `home.hi-320-dark.png`. PAGES="home idea" LANGS="en ar" WIDTHS="320" MODES="dark" take
fewer, MODES="forced print" others: in the reader's own few colours, and as it comes on paper. The house is a fresh one
on a free port, with production's settings, and ends with the pictures.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.venv import ROOT
from tests.servers.browser import Window, browser
from tests.servers.site import Site, site

FOLDER = ROOT / "shots"
LANGS = ("en", "hi", "ar")
WIDTHS = ("320", "768", "1280")
MODES = ("light", "dark")
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "print": {"color_scheme": "light"},
}
"""What a browser is told in each mode; the last two are taken when they are asked for."""
TELL = f"""
import json
from scripts.shown import addresses, citizen
from tests.holds.living import sessions
found = {{language: addresses(language) for language in {LANGS!r}}}
print("TOLD" + json.dumps([found, sessions({{"own": citizen()}})["own"]]))
"""
OWN = ("voice", "account", "respond")


@dataclass(frozen=True)
class Shot:
    """One picture: which page, in which language, how wide and in which mode."""

    page: str
    language: str
    width: int
    mode: str

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.page}.{self.language}-{self.width}-{self.mode}.png"


def main() -> int:
    """Starts the house, fills it, takes the pictures that were asked for; 1 when a page was not there."""
    FOLDER.mkdir(exist_ok=True)
    with site(parts=("web",), env={"DESIGN_PAGE": "true"}) as house, browser() as window:
        house.manage("demo", "--yes-this-is-a-demo")
        paths, session = told(house)
        wrong = [shot for shot in wanted(paths) if not take(window, house.base_url, shot, paths, session)]
    for shot in wrong:
        print(f"not there: {shot.file.name}")
    return 1 if wrong else 0


def told(house: Site) -> tuple[dict[str, dict[str, str]], str]:
    """The addresses of the demo by language and page, and the session of one citizen."""
    paths, session = json.loads(house.shell(TELL).partition("TOLD")[2])
    return paths, session


def wanted(paths: dict[str, dict[str, str]]) -> Iterator[Shot]:
    """What the environment asks for: all, or those named in PAGES, LANGS, WIDTHS and MODES."""
    for language in _asked("LANGS", LANGS):
        for page in _asked("PAGES", tuple(paths[language])):
            if page not in paths[language]:
                continue
            for width in _asked("WIDTHS", WIDTHS):
                for mode in _asked("MODES", MODES):
                    yield Shot(page, language, int(width), mode)


def take(
    window: Window, base_url: str, shot: Shot, paths: dict[str, dict[str, str]], session: str = ""
) -> bool:
    """Takes one picture of the whole page; False when the page answered with a trouble of its own."""
    page = window.page(width=shot.width, reduced_motion="reduce", **LOOKS[shot.mode])
    try:
        page.emulate_media(media="print" if shot.mode == "print" else "screen")
        if session and shot.page in OWN:
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
        answer = page.goto(base_url + paths[shot.language][shot.page], wait_until="networkidle")
        page.screenshot(path=str(shot.file), full_page=True)
        return answer is not None and (answer.ok or shot.page == str(answer.status))
    finally:
        page.context.close()


def _asked(name: str, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(os.environ.get(name, "").split()) or all_of_them


if __name__ == "__main__":
    sys.exit(main())

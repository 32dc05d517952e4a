"""`make looks`: every page and every screen of ours in the admin, seen by everybody: what `make test` looks at in part.

Walks the tables of tests/holds in a real browser, in each language and width: axe, sideways scroll, targets, text
spacing, keyboard, what lies over the page, console and content policy, and whether without scripts the same can be
reached. STATES: `filled` (one of everything), `bare` (an agency and nothing said), `wrong` (each form sent empty),
`demo` (the words of the demo), `unscripted` (each form filled in and sent where no script runs). PAGES="ideas desk"
takes those whose name holds one of the words; LANGS, WIDTHS and STATES take fewer; PICTURES=yes keeps a picture of each
in `shots/looks/`. Ends with 1 and a list when something was found. On SQLite: engines do not change a look.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

from scripts import shots
from scripts.venv import ROOT
from tests.holds import forms_sent, looking
from tests.servers.browser import Window, browser
from tests.servers.site import Site, site

NOT_OFFERED = ("outreach_reconnect", "consultations_submit_translation")
"""Forms that nobody finds here: a new token is asked beside an account of an outside network alone, and the way to send a
translation for approval stands in Wagtail's editor, which needs scripts."""
SCRIPTED = ("accounts:add_passkey",)
"""Forms that are nothing without a script: a browser makes a passkey by one. An app's code is the other way."""
MOST_PAGES = 120
"""So many pages are opened in search of one form."""
STATES = ("filled", "bare", "wrong", "demo", "unscripted")
FOLDER = ROOT / "shots" / "looks"
LANGS = shots.LANGS
TELL = """
import json
from tests.holds import walk
print("TOLD" + json.dumps({call}))
"""


class Looks:
    """What was asked for, what was looked at, and what was found."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.languages = _asked("LANGS", LANGS)
        self.widths = tuple(int(width) for width in _asked("WIDTHS", tuple(map(str, looking.SIZES))))
        self.pages = os.environ.get("PAGES", "").split()
        self.states = _asked("STATES", STATES)
        self.pictures = bool(os.environ.get("PICTURES"))
        self.looks, self.sent, self.found = 0, 0, list[str]()
        self.seen: set[tuple[str, str]] = set()

    def wanted(self, name: str, path: str) -> bool:
        """Whether a page is among those asked for, by its name or its address."""
        return not self.pages or any(word in name or word in path for word in self.pages)

    def note(self, state: str, name: str, who: str, language: str, found: Iterator[looking.Found]) -> None:
        """Keeps what was found on a page; one that cannot be looked at to its end is found as well."""
        place = f"{state} {language} {name} ({who or 'a stranger'})"
        try:
            for check, words in found:
                self._keep(f"[{check}] {place}: {words}")
        except Error as wrong:
            self._keep(f"[broken] {place}: {wrong}")

    def _keep(self, line: str) -> None:
        self.found.append(line)
        print(line, flush=True)

    def tell(self, state: str, done: int, of: int, language: str, name: str) -> None:
        """The line of progress."""
        line = f"{state} {language} {done}/{of} {name[:40]} · {len(self.found)} found"
        end = "\r" if sys.stderr.isatty() else "\n"
        if end == "\r" or done % 25 == 0 or done == of:
            print(f"{line:<79}", end=end, file=sys.stderr, flush=True)


class House:
    """A running site whose rows can be put back as they were."""

    def __init__(self, running: Site, told: dict[str, Any]) -> None:
        self.running, self.told = running, told
        self.base_url = running.base_url
        self._kept = sqlite3.connect(":memory:")
        self._visitors: dict[tuple[str, str, bool], Page] = {}
        self._pages: dict[tuple[str, str], bool] = {}
        with closing(self._open()) as now:
            now.backup(self._kept)

    def put_back(self) -> None:
        """All rows as they were when the site was built."""
        with closing(self._open()) as now:
            self._kept.backup(now)

    def visitor(self, window: Window, who: str, language: str, *, js: bool = True) -> Page:
        """A page of somebody whose browser asks for that language."""
        page = window.page(js=js, locale=language)
        if who:
            cookie = {"name": "sessionid", "value": self.told["sessions"][who], "url": self.base_url}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    def reader(self, window: Window, who: str, language: str, *, js: bool = True) -> Page:
        """A new page of a visitor who comes back: what they fetched once is kept."""
        if (who, language, js) not in self._visitors:
            self._visitors[who, language, js] = self.visitor(window, who, language, js=js)
        return window.tab(self._visitors[who, language, js].context, js=js)

    def opened(self, window: Window, who: str, language: str, path: str) -> Page:
        """A page at an address: at the desk of one who comes back, else of somebody new."""
        come = self.reader if looking.at_desk(path) else self.visitor
        page = come(window, who, language)
        page.goto(self.base_url + path)
        return page

    def leave(self, page: Page) -> None:
        """Ends a page, and the visit of whoever does not come back."""
        kept = any(page.context == one.context for one in self._visitors.values())
        (page if kept else page.context).close()

    def is_page(self, window: Window, name: str, who: str, language: str, path: str) -> bool:
        """Whether HTML stands at the address; a file, a way on, or a part of a page is not looked at."""
        if (name, who) not in self._pages:
            page = self.reader(window, who, language, js=False)
            got = page.context.request.get(self.base_url + path, max_redirects=0)
            whole = "text/html" in got.headers.get("content-type", "") and "<main" in got.text()
            self._pages[name, who] = whole and not 300 <= got.status < 400
            page.close()
        return self._pages[name, who]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.running.data / "samvad.sqlite3", timeout=30)


def main() -> int:
    """Walks what was asked for, prints what was found and one line that sums up; 1 when something was found."""
    began = time.monotonic()
    os.environ.pop("DATABASE_URL", None)
    with browser() as window:
        looks = Looks(window)
        if {"filled", "wrong", "unscripted"} & set(looks.states):
            with _house("walk.full(FOLDER)") as house:
                for state, walk in (("filled", _walk), ("wrong", _wrong), ("unscripted", _unscripted)):
                    if state in looks.states:
                        house.put_back()
                        walk(looks, house, state)
        if "bare" in looks.states:
            with _house("walk.bare()") as house:
                _walk(looks, house, "bare")
        if "demo" in looks.states:
            with _demo() as house:
                _walk(looks, house, "demo")
    minutes = (time.monotonic() - began) / 60
    print(
        f"looks: {len(looks.seen)} pages and screens, {looks.looks} looks ({' '.join(looks.languages)}; "
        f"{' '.join(map(str, looks.widths))} px), {looks.sent} forms sent without scripts, "
        f"{len(looks.found)} found, {minutes:.1f} min"
    )
    return 1 if looks.found else 0


def _walk(looks: Looks, house: House, state: str) -> None:
    """Opens each page with scripts and without."""
    for language in looks.languages:
        places = [place for place in house.told["places"] if language in place[2]]
        for done, (name, who, paths) in enumerate(places, 1):
            path = paths[language]
            if looks.wanted(name, path) and house.is_page(looks.window, name, who, language, path):
                looks.note(state, name, who, language, _look(looks, house, state, name, who, language, path))
            looks.tell(state, done, len(places), language, name)


def _look(
    looks: Looks, house: House, state: str, name: str, who: str, language: str, path: str
) -> Iterator[looking.Found]:
    page = house.reader(looks.window, who, language)
    answer = page.goto(house.base_url + path)
    if answer is None or answer.status >= 500:
        yield "answer", f"{path} got {answer and answer.status}"
    looks.seen.add((who, path.replace(f"/{language}/", "/", 1)))
    looks.looks += len(looks.widths)
    spoken = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    chosen = looking.at_desk(path) or path.startswith(f"/{language}/")
    if (chosen and spoken[0] != language) or (spoken[0] == "ar") != (spoken[1] == "rtl"):
        yield "language", f"{path} is in {spoken}"
    with_scripts = looking.reach(page, path)
    errors = answer is not None and answer.status >= 400
    for check, words in looking.looked(
        page, path, house.base_url, looks.widths, _picture(looks, state, language, name)
    ):
        if not (errors and check == "console"):
            yield check, words
    if not looking.at_desk(path):
        yield from looking.skips(page)
    page.close()
    page = house.reader(looks.window, who, language, js=False)
    page.goto(house.base_url + path)
    missed = sorted(set(with_scripts) - set(looking.reach(page, path)))
    if missed:
        yield "no scripts", f"{path} has not: {'; '.join(missed)}"
    page.close()


def _wrong(looks: Looks, house: House, state: str) -> None:
    """Sends each form of each page empty and looks at what came back; then what the tests type wrongly."""
    for language in looks.languages:
        places = [place for place in house.told["places"] if language in place[2]]
        tried: set[tuple[str, str]] = set()
        for done, (name, who, paths) in enumerate(places, 1):
            if looks.wanted(name, paths[language]) and house.is_page(
                looks.window, name, who, language, paths[language]
            ):
                _send_all(looks, house, tried, name, who, language, paths[language])
            looks.tell(state, done, len(places), language, name)
        for what, who, paths, typed in house.told["wrong"]:
            if looks.wanted(what, paths[language]):
                house.put_back()
                page = house.visitor(looks.window, who, language)
                page.goto(house.base_url + paths[language])
                for form in typed:
                    for field, words in form.items():
                        page.fill(f"main [name={field}]", words)
                    last = forms_sent.buttons(page) or [(0, 0, "")]
                    _press(page, last[-1])
                _came(looks, house, what, who, language, page, None)


def _send_all(
    looks: Looks, house: House, tried: set[tuple[str, str]], name: str, who: str, language: str, path: str
) -> None:
    page = house.opened(looks.window, who, language, path)
    for number, place, to in forms_sent.buttons(page) if name not in SCRIPTED else []:
        if (who, to) in tried:
            continue
        tried.add((who, to))
        house.put_back()
        house.leave(page)
        page = house.opened(looks.window, who, language, path)
        what = f"{name} · {to.rpartition(' ')[2]}"
        try:
            answer = forms_sent.send_empty(page, number, place)
        except Error as wrong:
            looks.note("wrong", what, who, language, iter([("answer", str(wrong)[:300])]))
            continue
        if forms_sent.came_back(page, answer):
            _came(looks, house, what, who, language, page, answer)
    house.leave(page)


def _came(looks: Looks, house: House, what: str, who: str, language: str, page: Page, answer: Any) -> None:
    path = page.url.removeprefix(house.base_url)
    if not looking.ours(path):
        house.leave(page)
        return
    looks.seen.add((who, f"{what} came back"))
    looks.looks += len(looks.widths)
    if answer is not None and answer.status >= 500:
        looks.note("wrong", what, who, language, iter([("answer", f"{path} got {answer.status}")]))
    found = looking.looked(page, path, house.base_url, looks.widths, _picture(looks, "wrong", language, what))
    told = answer is None or answer.status >= 400
    looks.note("wrong", what, who, language, (one for one in found if not (told and one[0] == "console")))
    house.leave(page)


def _press(page: Page, button: tuple[int, int, str]) -> None:
    """Sends a form as it stands."""
    with page.expect_navigation():
        page.evaluate(
            "([number, place]) => { const form = document.querySelectorAll('main form')[number]; form.noValidate = true;"
            " form.requestSubmit(form.querySelectorAll('button:not([type=button]), input[type=submit]')[place]); }",
            list(button[:2]),
        )


def _unscripted(looks: Looks, house: House, state: str) -> None:
    """Finds each form where no script runs, fills it in and sends it."""
    for language in looks.languages:
        for done, (name, who) in enumerate(house.told["sent"], 1):
            if looks.wanted(name, "") and name not in NOT_OFFERED:
                house.put_back()
                call = f"walk.filled({str(house.running.home)!r}, {name!r})"
                filled = _shell(house.running, call)
                looks.note(state, name, who, language, _sent(looks, house, name, who, language, filled))
                looks.sent += 1
            looks.tell(state, done, len(house.told["sent"]), language, name)


def _sent(
    looks: Looks, house: House, name: str, who: str, language: str, filled: dict[str, Any]
) -> Iterator[looking.Found]:
    page = house.visitor(looks.window, who, language, js=False)
    to = filled["to"][language]
    begin = [to]
    if looking.at_desk(to):
        begin = ["/admin/"]
    else:
        places = house.told["places"]
        begin += [paths[language] for _where, one, paths in places if one == who and language in paths]
    path = _form(page, house.base_url, to, begin)
    if path is None:
        yield "unscripted", f"{who or 'a stranger'} finds no form to {to}"
    else:
        page.goto(house.base_url + path)
        for words in forms_sent.send_without_scripts(page, to, filled["words"]):
            yield "unscripted", f"{path}: {words}"
    page.context.close()


def _form(page: Page, base_url: str, to: str, begin: list[str]) -> str | None:
    """The page on which a form stands that is sent to an address; at the desk it is sought by links from the home."""
    left, seen = list(dict.fromkeys(begin)), set[str]()
    while left and len(seen) < MOST_PAGES:
        path = left.pop(0)
        seen.add(path)
        got = page.context.request.get(base_url + path)
        html = got.text() if got.ok and "text/html" in got.headers.get("content-type", "") else ""
        if forms_sent.holds_form(html, to) or (path == to and got.url == base_url + path and "<form" in html):
            return path
        if looking.at_desk(path):
            links = dict.fromkeys([*re.findall(r'href="(/admin/[a-z0-9/-]*)"', html), *_narrowed(path, html)])
            left += [link for link in links if link not in seen and link not in left]
            left.sort(key=lambda link: -len(os.path.commonpath([link.partition("?")[0], to])))
    return None


def _narrowed(path: str, html: str) -> Iterator[str]:
    """Where the forms that narrow a list lead, for each choice in them."""
    for form in re.findall(r'<form[^>]*method="get".*?</form>', html, re.DOTALL) if "?" not in path else []:
        for name, choices in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
            for value in re.findall(r'<option value="(\w+)"', choices):
                yield f"{path}?{name}={value}"


def _picture(looks: Looks, state: str, language: str, name: str) -> Path | None:
    if not looks.pictures:
        return None
    plain = "".join(sign if sign.isalnum() else "-" for sign in name).strip("-")
    return FOLDER / f"{state}.{plain}.{language}"


@contextmanager
def _house(call: str) -> Iterator[House]:
    with site(parts=("web",)) as running:
        yield House(running, _shell(running, call.replace("FOLDER", repr(str(running.home)))))


@contextmanager
def _demo() -> Iterator[House]:
    with site(parts=("web",)) as running:
        running.manage("demo", "--yes-this-is-a-demo")
        paths, session = shots.told(running)
        names = dict.fromkeys(name for found in paths.values() for name in found if name != "components")
        places = [
            [
                name,
                "own" if name in shots.OWN else "",
                {code: paths[code][name] for code in LANGS if name in paths[code]},
            ]
            for name in names
        ]
        yield House(running, {"sessions": {"own": session}, "places": places})


def _shell(running: Site, call: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(running.shell(TELL.replace("{call}", call)).partition("TOLD")[2])
    return told


def _asked(name: str, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    asked = tuple(os.environ.get(name, "").split()) or all_of_them
    if wrong := set(asked) - set(all_of_them):
        raise SystemExit(f"{name} can be {' '.join(all_of_them)}, not {' '.join(sorted(wrong))}")
    return asked


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    sys.exit(main())

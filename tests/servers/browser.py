"""A real browser (Debian's Chromium by Playwright) and what every page must stand.

with browser() as window:
    page = window.page(width=320)                    # or js=False; each page has cookies of its own
    page.goto(house.base_url)
    assert_axe_clean(page); assert_no_sideways_scroll(page)
    assert_only_from(page, house.base_url)           # no third party was asked
    weigh(window, house.base_url + "/")              # Weight(requests=4, bytes=31220), cold
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, WeakSet

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers.process import CHROMIUM, Missing

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN = """([within, options]) => axe.run(within ? {include: [[within]]} : document, options).then(
  found => found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, rule.help, node.html])))"""
"""What a page breaks and nothing of what it keeps, which is a megabyte to hand over."""
_asked: "WeakKeyDictionary[Page, list[str]]" = WeakKeyDictionary()
_without_scripts: "WeakSet[Page]" = WeakSet()
_trouble: "WeakKeyDictionary[Page, list[str]]" = WeakKeyDictionary()


@dataclass(frozen=True)
class Weight:
    """What a first visit costs: requests, and bytes on the wire."""

    requests: int
    bytes: int


class Window:
    """A running browser; each page is a visitor of its own."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium

    def page(self, *, js: bool = True, width: int = 1280, height: int = 900, **context: Any) -> Page:
        """A visitor without cookies; `context` are Playwright's own options (locale, color_scheme, …).

        They want no motion unless it is asked for: drawing Wagtail's badges sixty times a second costs more than
        everything that a test does.
        """
        wants = {"reduced_motion": "reduce"} | context
        visitor = self.chromium.new_context(
            java_script_enabled=js, viewport={"width": width, "height": height}, **wants
        )
        return self.tab(visitor, js=js)

    def tab(self, visitor: BrowserContext, *, js: bool = True) -> Page:
        """One more page of the same visitor, who keeps cookies and files."""
        page = visitor.new_page()
        page.set_default_timeout(15_000)
        if not js:
            _without_scripts.add(page)
        asked, trouble = _asked.setdefault(page, []), _trouble.setdefault(page, [])
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda line: trouble.append(line.text) if line.type == "error" else None)
        return page


def chromium_program() -> str:
    """The browser on this machine; raises Missing when there is none."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not program:
        raise Missing("Chromium is not here (package chromium, or name the program in CHROMIUM)")
    return program


@contextmanager
def browser() -> Iterator[Window]:
    """Starts Chromium; raises Missing when it is not on this machine. Ends it with all its pages."""
    program = chromium_program()
    # Playwright's loop runs in this thread, where Django would else refuse the database to the test itself.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
            try:
                yield Window(chromium)
            finally:
                chromium.close()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


def assert_axe_clean(page: Page, *, within: str = "", without: tuple[str, ...] = ()) -> None:
    """No rule of WCAG 2.2 AA nor of axe's best practice is broken; the message names rule and element.

    `within` is a selector: only what stands in such elements is looked at, and there must be one.
    """
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    with _with_scripts(page) as readable:
        if not readable.evaluate("typeof axe === 'object'"):
            readable.evaluate(AXE_SCRIPT)
        broken = readable.evaluate(BROKEN, [within, options])
    lines = [f"{rule} ({words}): {html[:200]}" for rule, words, html in broken]
    assert not lines, f"{page.url} breaks {len(lines)} rules of axe:\n" + "\n".join(lines)


@contextmanager
def _with_scripts(page: Page) -> Iterator[Page]:
    """A page in which axe's own script can run: the page itself or, without JavaScript, the same words again."""
    chromium = page.context.browser
    if page not in _without_scripts or chromium is None:
        yield page
        return
    address = page.url.partition("#")[0]
    words = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL | re.IGNORECASE)
    visitor = chromium.new_context(viewport=page.viewport_size, storage_state=page.context.storage_state())
    twin = visitor.new_page()
    twin.route(
        lambda url: url == address,
        lambda route: route.fulfill(body=words, content_type="text/html; charset=utf-8"),
    )
    try:
        twin.goto(address)
        yield twin
    finally:
        visitor.close()


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the window."""
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"{page.url} is {wide[0]} px wide in a window of {wide[1]} px"


def assert_only_from(page: Page, base_url: str) -> None:
    """Every request of this page so far went to our own house."""
    ours = urlsplit(base_url).netloc
    others = [url for url in _asked[page] if urlsplit(url).netloc != ours and not url.startswith("data:")]
    assert not others, f"{page.url} asked somebody else: {others}"


def assert_quiet(page: Page) -> None:
    """No script failed and nothing was refused by the content policy."""
    assert not _trouble[page], f"{page.url} complains: {_trouble[page]}"


def assert_for_everybody(page: Page, base_url: str) -> None:
    """All of it: readable by everybody, no wider than its window, from our own house alone, and without a complaint."""
    assert_axe_clean(page)
    assert_no_sideways_scroll(page)
    assert_only_from(page, base_url)
    assert_quiet(page)


def weigh(window: Window, url: str, **context: Any) -> Weight:
    """Opens an address with an empty cache and counts requests and bytes on the wire."""
    page = window.page(**context)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(url, wait_until="networkidle")
    page.context.close()
    return Weight(len(sizes), sum(sizes))

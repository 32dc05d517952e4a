"""Every page of the circle in a real browser: for everybody to read, at 320 and 1280 px, light, and from us alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers.browser import (
    Window,
    assert_axe_clean,
    assert_no_sideways_scroll,
    assert_only_from,
    assert_quiet,
)
from tests.servers.fixtures import window
from tests.servers.reading import (
    assert_bears_text_spacing,
    assert_keyboard_reaches_all,
    assert_targets_can_be_hit,
)
from tests.servers.site import Site, site

__all__ = ["window"]
pytestmark = [pytest.mark.journey, pytest.mark.servers]
WIDTHS = (1280, 320)
FULL, EMPTY = pytest.mark.xdist_group("a full house"), pytest.mark.xdist_group("an empty house")
"""Each house is built once, also where two processes share the tests."""
MOST_BYTES, MOST_REQUESTS = 60_000, 8
TELL = """
import json
from tests.holds.living import addresses, build, sessions
here = build()
print("TOLD" + json.dumps([addresses(here), sessions(here.people)]))
"""


class House:
    """A running site and what stands in it."""

    def __init__(self, running: Site, addresses: dict[str, str], sessions: dict[str, str]) -> None:
        self.base_url, self.addresses, self.sessions = running.base_url, addresses, sessions

    def url(self, name: str) -> str:
        """The address of a page by name; what begins with a slash stands for itself."""
        return self.base_url + (name if name.startswith("/") else self.addresses[name])


@pytest.fixture(scope="module")
def empty() -> Iterator[House]:
    """Migrated, and nothing in it."""
    with site(parts=("web",)) as running:
        yield House(running, {}, {})


@pytest.fixture(scope="module")
def full() -> Iterator[House]:
    """With one of everything."""
    with site(parts=("web",)) as running:
        told = running.shell(TELL).partition("TOLD")[2]
        yield House(running, *json.loads(told))


LISTS = (
    "/en/", "/en/consultations/", "/en/consultations/upcoming/", "/en/consultations/closed/", "/en/ideas/",
    "/en/consultations/overdue/", "/en/data/", "/en/data/outcomes/",
    "/en/consultations/answered/", "/en/outcomes/", "/en/topics/", "/en/you-said-we-did/", "/en/posts/",
    "/en/record/", "/en/moderation/", "/en/moderation/figures/", "/en/search/",
)  # fmt: skip
READ = (
    *LISTS, "/hi/", "/ar/", "open en", "open hi", "open ar", "upcoming", "closed", "answered", "withdrawn", "outcome",
    "agency", "/en/topics/water/", "answers", "idea", "/en/search/?q=water", "/en/search/?q=qqqq", "letters",
    "posts of the agency",
)  # fmt: skip
"""What everybody reads: the same for all, so without a cookie."""
ASKED = ("/en/voice/", "voice asha", "voice idea", "voice refused", "voice answered", "voice read", "read rightly", "flag",
         "/en/account/sign-in/",
         "/en/account/confirm/", "/en/account/erased/", "newsletter on", "newsletter off",
         "letters off", "letters wanted")  # fmt: skip
"""Pages for one reader who is not signed in."""
SIGNED_IN = ("respond en", "respond hi", "respond ar", "terms en", "terms ar", "check en", "check ar",
             "propose", "comment", "support", "flag", "/en/account/",
             "/en/account/erase/")  # fmt: skip
Typed = dict[str, str]
WRONG: dict[str, tuple[str, str, list[Typed]]] = {
    "a receipt that is none": ("", "/en/voice/", [{"code": "nothing"}]),
    "no address": ("", "/en/account/sign-in/", [{"address": "nobody"}]),
    "a wrong code": ("", "/en/account/sign-in/", [{"address": "dina@people.example"}, {"code": "123"}]),
    "an empty answer": ("chitra", "check en", [{}]),
    "an empty answer, from right to left": ("chitra", "check ar", [{}]),
    "an empty idea": ("chitra", "propose", [{}]),
    "an empty comment": ("chitra", "comment", [{}]),
    "an empty flag": ("chitra", "flag", [{}]),
    "an empty appeal": ("ben", "appeal", [{}]),
    "an empty read-back": ("ben", "read rightly", [{}]),
    "a look": ("chitra", "propose", [{"title": "A tap at the market", "text": "One tap, near the gate."}]),
}
"""Who types what in, where, form after form. All but the look at similar ideas come back with a problem."""
REFUSED = (("", "/en/nothing-here/", 404), ("esha", "respond en", 403))
DESKS = {
    "mohan": ("/admin/moderation/", "case", "/admin/moderation/alarms/"),
    "omana": ("/admin/moderation/appeals/",),
    "kiran": ("/admin/moderation/paper/",),
    "lata": ("/admin/analysis/", "run", "unread", "theme", "read as"),
    "priya": ("/admin/posts/", "/admin/posts/new/", "post", "/admin/posts/accounts/", "/admin/posts/switch/"),
    "anil": ("approve", "withdraw"),
    "esha": ("translate",),
    "pavan": (
        "/admin/agencies/open/",
        "/admin/agencies/",
        "/admin/roles/",
        "/admin/roles/new/",
        "/admin/letters/",
    ),
}


def visitor(window: Window, house: House, who: str = "") -> Page:
    """Somebody's page; a stranger's without a name."""
    page = window.page()
    if who:
        page.context.add_cookies([{"name": "sessionid", "value": house.sessions[who], "url": house.base_url}])
    return page


def readable(page: Page, house: House) -> None:
    """By everybody, on a phone and on a desk, and from nobody but us."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
        assert_targets_can_be_hit(page)
    assert_bears_text_spacing(page)
    assert_keyboard_reaches_all(page)
    assert_only_from(page, house.base_url)


def read_cold(page: Page, address: str) -> Any:
    """Opens a page with nothing kept, and weighs it; gives the answer."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    answer = page.goto(address, wait_until="networkidle")
    assert len(sizes) <= MOST_REQUESTS, f"{address} asks {len(sizes)} times"
    assert sum(sizes) <= MOST_BYTES, f"{address} weighs {sum(sizes)} bytes"
    return answer


def _reads(window: Window, house: House, name: str) -> None:
    page = visitor(window, house)
    answer = read_cold(page, house.url(name))
    assert answer.status == 200
    heads = answer.all_headers()
    assert "set-cookie" not in heads
    assert "cookie" not in heads.get("vary", "").lower()
    readable(page, house)
    assert_quiet(page)
    assert page.context.cookies() == []
    page.context.close()


@FULL
@pytest.mark.parametrize("name", READ)
def test_a_page_that_everybody_reads(window: Window, full: House, name: str):
    _reads(window, full, name)


@EMPTY
@pytest.mark.parametrize("name", LISTS)
def test_a_page_with_nothing_in_it(window: Window, empty: House, name: str):
    _reads(window, empty, name)


@FULL
@pytest.mark.parametrize("name", ASKED)
def test_a_page_for_one_who_is_not_signed_in(window: Window, full: House, name: str):
    page = visitor(window, full)
    assert read_cold(page, full.url(name)).status == 200
    readable(page, full)
    assert_quiet(page)
    page.context.close()


@FULL
@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_form_for_somebody_who_is_signed_in(window: Window, full: House, name: str):
    page = visitor(window, full, "chitra")
    assert read_cold(page, full.url(name)).status == 200
    readable(page, full)
    assert_quiet(page)
    page.context.close()


@FULL
@pytest.mark.parametrize("what", WRONG)
def test_a_form_that_came_back(window: Window, full: House, what: str):
    who, name, typed = WRONG[what]
    page = visitor(window, full, who)
    page.goto(full.url(name))
    for form in typed:
        send(page, form)
    told = page.locator(".summary, .field--error, [aria-invalid=true]").count()
    assert bool(told) == (what != "a look")
    readable(page, full)
    page.context.close()


def send(page: Page, typed: Typed) -> None:
    """Fills the page's form in and sends it, past what the browser itself would stop."""
    for field, words in typed.items():
        page.fill(f"main [name={field}]", words)
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    with page.expect_navigation():
        page.locator("main form button").last.click()


@FULL
@pytest.mark.parametrize(("who", "name", "status"), REFUSED)
def test_a_page_that_says_no(window: Window, full: House, who: str, name: str, status: int):
    page = visitor(window, full, who)
    answer = page.goto(full.url(name))
    assert answer is not None and answer.status == status
    readable(page, full)
    page.context.close()


@FULL
@pytest.mark.parametrize(("who", "name"), [(who, name) for who, names in DESKS.items() for name in names])
def test_a_screen_of_ours_at_the_desk(window: Window, full: House, who: str, name: str):
    """Our own part of it: what stands around it is Wagtail's."""
    page = visitor(window, full, who)
    answer = page.goto(full.url(name))
    assert answer is not None and answer.status == 200 and page.url == full.url(name)
    assert_axe_clean(page, within="main .nice-padding")
    page.context.close()

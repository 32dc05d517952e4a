"""Each way of reading finds its fault on a planted page, and nothing on a good one; so do forms that are sent."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.holds import looking
from tests.holds.forms_sent import buttons, came_back, send_empty, send_without_scripts
from tests.servers import reading
from tests.servers.browser import Window
from tests.servers.fixtures import window

__all__ = ["window"]

pytestmark = [pytest.mark.servers, pytest.mark.one_engine]

GOOD = (
    "<a href='#main'>Skip</a><main id='main' tabindex='-1'><h1>A page</h1><p>Words.</p>"
    "<p><a href='/there'>A link to it</a></p><form method='post' action='/a'><input name='words' required>"
    "<button>Send</button></form></main>"
)
CHECKS: tuple[Callable[..., None], ...] = (
    reading.assert_bears_text_spacing,
    reading.assert_nothing_stands_outside,
    reading.assert_words_say_their_language,
    reading.assert_targets_can_be_hit,
    reading.assert_keyboard_reaches_all,
    reading.assert_skip_link_leads_on,
    looking.assert_nothing_lies_over,
)
FAULTS: dict[str, tuple[Callable[..., None], str]] = {
    "cuts words off": (
        reading.assert_bears_text_spacing,
        "<p style='white-space:nowrap;overflow:hidden;inline-size:max-content;max-inline-size:7em'>Words and words</p>",
    ),
    "too wide when text is spaced": (
        reading.assert_bears_text_spacing,
        "<p style='white-space:nowrap;inline-size:max-content'>" + "iiii iiii " * 9 + "</p>",
    ),
    "outside of the window": (
        reading.assert_nothing_stands_outside,
        "<div style='overflow:hidden'><p style='inline-size:900px;text-align:end'>Words</p></div>",
    ),
    "do not say their language": (reading.assert_words_say_their_language, "<p>पानी रात में</p>"),
    "too small": (
        reading.assert_targets_can_be_hit,
        "<button style='inline-size:9px;block-size:9px;padding:0'>x</button>",
    ),
    "does not show that the keyboard is at": (
        reading.assert_keyboard_reaches_all,
        "<div style='box-shadow:0 0 3px red'><a href='/x' style='outline:0'>Nothing shows it</a></div>",
    ),
    "outside of the window the keyboard": (
        reading.assert_keyboard_reaches_all,
        "<a href='/x' style='position:fixed;inset-inline-start:-900px'>Away</a>",
    ),
    "the keyboard does not reach": (
        reading.assert_keyboard_reaches_all,
        "<a href='/x' tabindex='3'>First</a>",
    ),
    "does not reach": (
        reading.assert_keyboard_reaches_all,
        "<input id='trap' onblur='this.focus()'><a href='/x'>Behind it</a>",
    ),
    "half of the window": (
        looking.assert_nothing_lies_over,
        "<div style='position:sticky;top:0;block-size:90vh'>Words</div>",
    ),
    "leads the keyboard nowhere": (reading.assert_skip_link_leads_on, "<script>main.id = 'other'</script>"),
    "no link that skips": (
        reading.assert_skip_link_leads_on,
        "<script>document.querySelector('a').style = 'position:absolute;left:-99px'</script>",
    ),
}


def opened(page: Page, more: str = "") -> Page:
    """A page with these words at its end."""
    page.goto(
        "data:text/html;charset=utf-8,"
        + quote(f"<!doctype html><html lang='en'><title>A page</title>{GOOD}{more}")
    )
    return page


@pytest.fixture(scope="module")
def page(window: Window) -> Page:
    return window.page(width=320, height=256)


@pytest.mark.parametrize("check", CHECKS)
def test_a_good_page_is_read_by_everybody(page: Page, check: Callable[..., None]):
    check(opened(page))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(page: Page, fault: str):
    check, more = FAULTS[fault]
    with pytest.raises(AssertionError, match=fault):
        check(opened(page, more))


def test_a_form_is_sent_without_scripts_or_it_is_said_why_not(window: Window):
    page = window.page(js=False)
    page.route("**/a", lambda route: route.fulfill(body="<main>Thanks</main>", content_type="text/html"))
    page.route("**/page", lambda route: route.fulfill(body=GOOD, content_type="text/html"))
    told = {}
    for name, to, words in (
        ("sent", "/a", {"words": ["Yes"]}),
        ("no field", "/a", {"words": ["Yes"], "more": ["Yes"]}),
        ("no form", "/b", {}),
    ):
        page.goto("http://house.example/page")
        told[name] = list(send_without_scripts(page, to, words))
    assert told == {
        "sent": [],
        "no field": ["no form to /a", "no form to /a asks more"],
        "no form": ["no form to /b"],
    }
    page.context.close()


def test_a_form_that_was_sent_empty_is_known_by_its_answer(window: Window):
    page = window.page()
    page.route("**/a", lambda route: route.fulfill(body="<main>What?</main>", content_type="text/html"))
    page.route("**/page", lambda route: route.fulfill(body=GOOD, content_type="text/html"))
    page.goto("http://house.example/page")
    (number, place, to), *none = buttons(page)
    assert (to, none) == ("/a =", [])
    assert not came_back(page, None)
    assert came_back(page, send_empty(page, number, place))
    page.context.close()

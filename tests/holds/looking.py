"""One page or screen, looked at in every way: on a desk and a phone, by finger and keyboard, without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.servers.browser import assert_axe_clean, assert_no_sideways_scroll, assert_only_from, assert_quiet
from tests.servers.reading import (
    assert_bears_text_spacing,
    assert_keyboard_reaches_all,
    assert_nothing_stands_outside,
    assert_skip_link_leads_on,
    assert_targets_can_be_hit,
    assert_words_say_their_language,
)

WAGTAILS_WORDS = "header[class*='w-'], .messages, .footer__container"
"""Where Wagtail speaks, in Hindi now and then English, since nobody has translated that sentence yet."""
SIZES = {1280: (1280, 900), 320: (320, 256)}
"""By width. A window of 320 x 256 px is one of 1280 x 1024 at 400 % zoom, and as wide as a small phone."""
DESK, PUBLIC = "main", "body"
HOME = "[aria-labelledby=waits-for-you]"
"""What we answer for: of a screen in the admin the main part, of its home our panel; the rest is Wagtail's."""
WAGTAILS = "[class*='w-'], header *, [data-summary] *, .avatar__edit-link, .chooser__choose-button"
"""What Wagtail draws inside the main part of its own lists and forms: axe alone judges its size."""
REACH = """(within) => {
  const root = document.querySelector(within);
  const shown = e => !(e.getAttribute('href') || '').startsWith('#') && e.checkVisibility() || e.closest('details');
  const plain = address => address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…');  // ideas stand in an order drawn by lot
  return [
    ...[...root.querySelectorAll('a[href]')].filter(shown).map(e => 'a link to ' + plain(e.getAttribute('href'))),
    ...[...root.querySelectorAll('form')].map(e => 'a form to ' + e.getAttribute('action')),
    ...[...root.querySelectorAll('input:not([type=hidden]), select, textarea, button[name]')].filter(shown)
      .map(e => `${e.tagName.toLowerCase()} ${e.name}`),
  ];
}"""
OBSCURES = """() => [...document.querySelectorAll('body *')].filter(e => {
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  return ['fixed', 'sticky'].includes(s.position) && e.checkVisibility({visibilityProperty: true})
    && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0
    && box.height > innerHeight / 2 && box.width > innerWidth / 2;
}).map(e => e.outerHTML.slice(0, 140))"""
STILL = "document.getAnimations().forEach(one => { try { one.finish(); } catch {} })"
"""A message that is still fading in has another contrast than one that stands."""
Found = tuple[str, str]
"""Which check, and what it says."""


def at_desk(address: str) -> bool:
    """Whether a path stands in the admin."""
    return address.startswith("/admin/")


def part(path: str) -> str:
    """The selector of what we answer for at a path."""
    return HOME if path == "/admin/" else DESK if at_desk(path) else PUBLIC


def looked(
    page: Page, path: str, base_url: str, widths: tuple[int, ...], picture: Path | None
) -> Iterator[Found]:
    """What is wrong with the page that is open, at each width; a picture of each is kept where one is wanted."""
    within, spoken = part(path), WAGTAILS_WORDS if at_desk(path) else ""
    for width in widths:
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[width], strict=True)))
        page.evaluate(STILL)
        for name, check in _checks(page, within).items():
            yield from _told(f"{name} {width}", check)
        if picture:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{picture}-{width}.png", full_page=True)
    yield from _told("language", lambda: assert_words_say_their_language(page, within=within, without=spoken))
    yield from _told("from others", lambda: assert_only_from(page, base_url))
    yield from _told("console", lambda: assert_quiet(page))


def ours(path: str) -> bool:
    """Whether a screen is the house's: Wagtail's own editor is not."""
    return not path.startswith("/admin/pages/")


def skips(page: Page) -> Iterator[Found]:
    """Whether the link that skips does; opens the page anew."""
    yield from _told("skip link", lambda: assert_skip_link_leads_on(page))


def reach(page: Page, path: str) -> list[str]:
    """What can be followed, filled in and sent on the page that is open."""
    return list(page.evaluate(REACH, part(path)))


def _checks(page: Page, within: str) -> dict[str, Callable[[], None]]:
    without = WAGTAILS if within != PUBLIC else ""
    return {
        "axe": lambda: assert_axe_clean(page, within="" if within == PUBLIC else within),
        "sideways": lambda: assert_no_sideways_scroll(page),
        "outside": lambda: assert_nothing_stands_outside(page, within=within),
        "target": lambda: assert_targets_can_be_hit(page, within=within, without=without),
        "spacing": lambda: assert_bears_text_spacing(page, within=within, without=without),
        "keyboard": lambda: assert_keyboard_reaches_all(page, within=within),
        "obscured": lambda: assert_nothing_lies_over(page),
    }


def assert_nothing_lies_over(page: Page) -> None:
    """Nothing that stays while the page rolls takes more than half of the window."""
    over = page.evaluate(OBSCURES)
    assert not over, f"{page.url}: more than half of the window is taken by\n" + "\n".join(over)


def _told(name: str, check: Callable[[], None]) -> Iterator[Found]:
    try:
        check()
    except (AssertionError, Error) as wrong:
        yield name, str(wrong)

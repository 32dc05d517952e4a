"""How people read who do not read as we do: with wide spacing, with a finger, with the keyboard alone."""

from playwright.sync_api import Page

SPACE = """() => {
  window.spaced = new CSSStyleSheet();
  window.spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, window.spaced];
}"""
UNSPACE = "document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== window.spaced)"
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
  }).map(e => e.outerHTML.slice(0, 160))"""
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (!e.innerText || !e.innerText.trim() || !e.checkVisibility()) return false;
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || s.clipPath !== 'none' || s.clip !== 'auto') return false;
  const hides = how => ['hidden', 'clip'].includes(how);
  return (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 160))"""
SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
  if (!e.checkVisibility() || e.disabled) return false;
  const box = e.getBoundingClientRect();
  if (box.width <= 1 || box.bottom < 0 || box.right < 0) return false;
  if (getComputedStyle(e).display === 'inline') return false;
  const boxes = [box, ...[...(e.labels || [])].map(label => label.getBoundingClientRect())];
  return !boxes.some(b => b.height >= 23.5 && b.width >= 23.5);
}).map(e => {
  const b = e.getBoundingClientRect();
  return `${Math.round(b.width)} x ${Math.round(b.height)} px: ${e.outerHTML.slice(0, 140)}`;
})"""
ORDER = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, '
    + '[tabindex]:not([tabindex="-1"])')].filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0);
  window.stops = all.filter(e => {
    if (e.type !== 'radio' || !e.name) return true;
    const group = all.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
    return e === (group.find(o => o.checked) || group[0]);
  });
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  return window.stops.map(e => e.outerHTML.slice(0, 140));
}"""
FOCUSED = """() => {
  const e = document.activeElement, parts = [e, ...(e.labels || [])];
  if (e.parentElement) parts.push(e.parentElement);
  const seen = parts.some(part => {
    const s = getComputedStyle(part);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== 'none';
  });
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [window.stops.indexOf(e), seen && inside, e.outerHTML.slice(0, 140)];
}"""


def assert_bears_text_spacing(page: Page) -> None:
    """With the spacing of WCAG 1.4.12 no word is cut off, and nothing is wider than the window."""
    page.evaluate(SPACE)
    wide, cut = page.evaluate(WIDE), page.evaluate(CUT)
    page.evaluate(UNSPACE)
    assert not wide, f"{page.url} is too wide when text is spaced:\n" + "\n".join(wide)
    assert not cut, f"{page.url} cuts words off when text is spaced:\n" + "\n".join(cut)


def assert_targets_can_be_hit(page: Page) -> None:
    """What can be pressed is at least 24 px each way, itself or its label (WCAG 2.5.8); links in a text are let be."""
    small = page.evaluate(SMALL)
    assert not small, f"{page.url} has targets that are too small:\n" + "\n".join(small)


def assert_keyboard_reaches_all(page: Page) -> None:
    """Tab meets all that can be used, in the order of the page, shows each time where it is, and is caught nowhere."""
    wanted = page.evaluate(ORDER)
    met: list[int] = []
    for _press in range(len(wanted) + 30):
        page.keyboard.press("Tab")
        number, seen, what = page.evaluate(FOCUSED)
        if what.startswith("<body"):
            break
        if number >= 0 and (not met or number != met[-1]):
            assert seen, f"{page.url} does not show that the keyboard is at {what}"
            met.append(number)
        if len(met) == len(wanted):
            break
    missed = [wanted[number] for number in sorted(set(range(len(wanted))) - set(met))]
    assert not missed, f"{page.url}: the keyboard does not reach\n" + "\n".join(missed)
    assert met == sorted(met), f"{page.url}: the keyboard jumps: {met}"

"""How people read who do not read as we do: with wide spacing, with a finger, with the keyboard alone.

`within` is a selector: only what stands in that element is looked at (the whole page without it); `without` is one of
elements that are let be.
"""

from playwright.sync_api import Page

SPACE = """() => {
  window.spaced = new CSSStyleSheet();
  window.spaced.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, window.spaced];
}"""
JUMP = """() => {
  const jump = new CSSStyleSheet();
  jump.replaceSync('* { scroll-behavior: auto !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, jump];
}"""
"""Where a page rolls softly to what has the focus, one would have to wait until it has come to rest."""
UNSPACE = "document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== window.spaced)"
WIDE = """(within) => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll(within + " *")]
  .filter(e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
  }).map(e => e.outerHTML.slice(0, 160))"""
CUT = """([within, without]) => [...document.querySelectorAll(within + ' *')].filter(e => {
  if (without && e.matches(without)) return false;
  if (!e.innerText || !e.innerText.trim() || !e.checkVisibility()) return false;
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || s.clipPath !== 'none' || s.clip !== 'auto') return false;
  const hides = how => ['hidden', 'clip'].includes(how);
  return (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 160))"""
OUT = """(within) => {
  const root = document.querySelector(within), range = document.createRange(), found = [];
  const shown = e => e.checkVisibility() && !e.closest('[aria-hidden=true]');
  const scrolls = e => { for (let up = e; up && up !== root; up = up.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true; };
  const out = box => box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(e) || e.closest('option, script, style')) continue;
    if (e.getBoundingClientRect().width <= 1 || e.closest('.vh, .w-sr-only')) continue;
    range.selectNodeContents(walker.currentNode);
    if ([...range.getClientRects()].some(out) && !scrolls(e)) found.push(e);
  }
  for (const e of root.querySelectorAll('input, select, textarea, button, img, video, figure'))
    if (shown(e) && out(e.getBoundingClientRect()) && !scrolls(e.parentElement)) found.push(e);
  return found.map(e => `${Math.round(e.getBoundingClientRect().right)} px: ` + e.outerHTML.slice(0, 160));
}"""
SMALL = """([within, without]) => [...document.querySelector(within).querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
  if (!e.checkVisibility() || e.disabled || (without && e.matches(without))) return false;
  const box = e.getBoundingClientRect();
  if (box.width <= 1 || box.bottom < 0 || box.right < 0) return false;
  if (getComputedStyle(e).display === 'inline') return false;
  const boxes = [box, ...[...(e.labels || [])].map(label => label.getBoundingClientRect())];
  return !boxes.some(b => b.height >= 23.5 && b.width >= 23.5);
}).map(e => {
  const b = e.getBoundingClientRect();
  return `${Math.round(b.width)} x ${Math.round(b.height)} px: ${e.outerHTML.slice(0, 140)}`;
})"""
ORDER = """(within) => {
  const root = document.querySelector(within);
  const all = [...root.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, '
    + '[tabindex]:not([tabindex="-1"])')].filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0);
  window.stops = all.filter(e => {
    if (e.type !== 'radio' || !e.name) return true;
    const group = all.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
    return e === (group.find(o => o.checked) || group[0]);
  });
  const rings = e => ['', '::before', '::after'].map(part => {
    const s = getComputedStyle(e, part || null);
    const outline = s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 1 ? '' : s.outline;
    return part && s.content === 'none' ? '' : [outline, s.boxShadow, s.borderColor, s.backgroundColor].join(' ');
  }).join('|');
  window.ring = e => {
    const parts = [e, ...(e.labels || [])];
    for (let up = e.parentElement; up && up !== root && parts.length < 6; up = up.parentElement) parts.push(up);
    return parts.map(rings).join('\\n');
  };
  const had = root.getAttribute('tabindex');
  root.tabIndex = -1;
  root.focus();
  if (had === null) root.removeAttribute('tabindex');
  window.unfocused = window.stops.map(window.ring);
  return window.stops.map(e => e.outerHTML.slice(0, 140));
}"""
FOCUSED = """() => {
  const e = document.activeElement, number = window.stops.indexOf(e), box = e.getBoundingClientRect();
  const shown = number < 0 || window.ring(e) !== window.unfocused[number];
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [number, shown, inside, e.outerHTML.slice(0, 140)];
}"""
FOREIGN = """([within, without]) => {
  const scripts = {hi: /\\p{Script=Devanagari}/u, ar: /\\p{Script=Arabic}/u, en: /\\p{Script=Latin}/u};
  const found = [], walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !e.checkVisibility()) continue;
    if (e.closest('code, .code, pre, [aria-hidden=true], script, style, textarea')) continue;
    if (without && e.closest(without)) continue;
    const lang = e.closest('[lang]').lang, own = scripts[lang];
    if (!own) continue;
    const other = Object.keys(scripts).filter(code => code !== lang && scripts[code].test(text));
    const plain = text.replace(/\\S*[@:/_\\d…]\\S*|\\S+\\.\\S+/g, '').match(/(?<![\\p{L}\\d])\\p{Ll}{2,}/gu) || [];
    if (own.test(text) || !other.length || !/\\s/.test(text)) continue;
    if (other[0] === 'en' && plain.length < 3) continue;
    found.push(`${lang}: ${text.slice(0, 60)} in ${e.outerHTML.slice(0, 100)}`);
  }
  return found;
}"""
SKIPPED = """() => {
  const a = document.activeElement, box = a.getBoundingClientRect();
  const seen = box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0 && box.right <= innerWidth;
  return [a.matches('a[href^="#"]') ? a.getAttribute('href') : '', seen];
}"""


def assert_bears_text_spacing(page: Page, *, within: str = "body", without: str = "") -> None:
    """With the spacing of WCAG 1.4.12 no word is cut off, and nothing is wider than the window."""
    page.evaluate(SPACE)
    wide, cut = page.evaluate(WIDE, within), page.evaluate(CUT, [within, without])
    page.evaluate(UNSPACE)
    assert not wide, f"{page.url} is too wide when text is spaced:\n" + "\n".join(wide)
    assert not cut, f"{page.url} cuts words off when text is spaced:\n" + "\n".join(cut)


def assert_nothing_stands_outside(page: Page, *, within: str = "body") -> None:
    """Nothing lies beside the window but in a box that scrolls: also where an outer box hides what is too wide."""
    out = page.evaluate(OUT, within)
    assert not out, f"{page.url} has something outside of the window:\n" + "\n".join(out[:8])


def assert_words_say_their_language(page: Page, *, within: str = "body", without: str = "") -> None:
    """What stands in another script than the language that it says it is in; names and single words are let be."""
    wrong = page.evaluate(FOREIGN, [within, without])
    assert not wrong, f"{page.url} has words that do not say their language:\n" + "\n".join(wrong[:8])


def assert_targets_can_be_hit(page: Page, *, within: str = "body", without: str = "") -> None:
    """What can be pressed is at least 24 px each way, itself or its label (WCAG 2.5.8); links in a text are let be."""
    small = page.evaluate(SMALL, [within, without])
    assert not small, f"{page.url} has targets that are too small:\n" + "\n".join(small)


def assert_keyboard_reaches_all(page: Page, *, within: str = "body") -> None:
    """Tab meets all that can be used, in the order of the page, shows each time where it is, and is caught nowhere."""
    page.evaluate(JUMP)
    wanted = page.evaluate(ORDER, within)
    met: list[int] = []
    for _press in range(len(wanted) + 30):
        page.keyboard.press("Tab")
        number, shown, inside, what = page.evaluate(FOCUSED)
        if what.startswith("<body"):
            break
        if number >= 0 and (not met or number != met[-1]):
            assert shown, f"{page.url} does not show that the keyboard is at {what}"
            assert inside, f"{page.url}: outside of the window the keyboard is at {what}"
            met.append(number)
        if len(met) == len(wanted):
            break
    missed = [wanted[number] for number in sorted(set(range(len(wanted))) - set(met))]
    assert not missed, f"{page.url}: the keyboard does not reach\n" + "\n".join(missed)
    assert met == sorted(met), f"{page.url}: the keyboard jumps: {met}"


def assert_skip_link_leads_on(page: Page) -> None:
    """The first Tab shows a link that skips; pressed, it takes the keyboard to the main part."""
    page.goto(page.url.partition("#")[0])
    page.keyboard.press("Tab")
    goal, seen = page.evaluate(SKIPPED)
    assert goal and seen, f"{page.url}: the first Tab shows no link that skips to the main part"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate(
        "goal => { const main = document.querySelector(goal), at = document.activeElement;"
        " return !!main && (main.contains(at) || !main.querySelector('a[href], button, input, select, textarea')); }",
        goal,
    )
    assert inside, f"{page.url}: the link that skips leads the keyboard nowhere"

"""Forms sent in a browser: with nothing typed, to see what comes back, and filled in where no script runs."""

from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

FORMS = """() => [...document.querySelectorAll('main form')].flatMap((form, number) => {
  if (form.method !== 'post') return [];
  const to = new URL(form.getAttribute('action') || location.pathname, location.href).pathname;
  const buttons = [...form.querySelectorAll('button:not([type=button]), input[type=submit]')];
  return buttons.map((button, place) => [number, place, `${to} ${button.name}=${button.value}`]);
})"""
SEND_EMPTY = """([number, place]) => {
  const form = document.querySelectorAll('main form')[number];
  form.noValidate = true;
  for (const field of form.querySelectorAll('input, textarea, select')) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else if (field.tagName === 'SELECT') { if (field.querySelector('option[value=""]')) field.value = ''; }
    else if (!['hidden', 'submit', 'file'].includes(field.type)) field.value = '';
  }
  form.requestSubmit(form.querySelectorAll('button:not([type=button]), input[type=submit]')[place]);
}"""
PROBLEM = (
    "main .summary, .field--error, main [aria-invalid=true], main .error-message, .messages .error, main .errorlist, "
    "main .w-field__errors svg, main .help-critical"
)
BUTTON = "button:not([type=button]), input[type=submit]"


def buttons(page: Page) -> list[tuple[int, int, str]]:
    """Each button of a form of the page that is open: which form, which button, and whereto with which word."""
    return [(number, place, to) for number, place, to in page.evaluate(FORMS)]


def send_empty(page: Page, number: int, place: int) -> Response | None:
    """Takes out all that stands in a form and sends it, past what the browser itself would stop."""
    with page.expect_navigation() as came:
        page.evaluate(SEND_EMPTY, [number, place])
    return came.value


def came_back(page: Page, answer: Response | None) -> bool:
    """Whether a form's answer is a page of its own: with a problem, or in answer to what was sent."""
    return page.locator(PROBLEM).count() > 0 or (answer is not None and answer.request.method == "POST")


def holds_form(html: str, to: str) -> bool:
    """Whether a page's HTML has a form that is sent to this path."""
    return f'action="{to}"' in html or f"action='{to}'" in html


def send_without_scripts(page: Page, to: str, words: dict[str, list[str]]) -> Iterator[str]:
    """Fills in the form that leads to this path and presses its button; yields what does not work.

    What the form does not ask must be asked by the page that comes, as where a list is shown once more.
    """
    left = {name: values for name, values in words.items() if name != "request_key"}
    while True:
        asked = yield from _send_one(page, to, left)
        again = {name: values for name, values in left.items() if name not in asked}
        if not again or not asked:
            break
        left = again
    if again:
        yield f"no form to {to} asks {', '.join(again)}"


def _send_one(page: Page, to: str, words: dict[str, list[str]]) -> Generator[str, None, set[str]]:
    """One page of it; gives the names that were asked."""
    here = urlsplit(page.url).path
    form = page.locator(f'main form[action="{to}"]')
    if not form.count() and here == to:
        form = page.locator('main form[method=post]:not([action]), main form[method=post][action=""]')
    forms = {}
    for one in form.all():
        forms[one] = {name for name in words if one.locator(f'[name="{name}"]').count()}
    if not forms:
        yield f"no form to {to}"
        return set()
    best = max(forms, key=lambda one: len(forms[one]))
    button = None
    for name in forms[best]:
        pressed, wrong = _fill(best.locator(f'[name="{name}"]'), name, words[name])
        button = pressed or button
        yield from wrong
    button = button or best.locator(BUTTON).first
    _open_around(button)
    if not button.is_visible():
        yield f"the button of the form to {to} is not seen"
        return set()
    with page.expect_navigation() as came:
        button.click()
    answer = came.value
    sent = answer.request
    while sent.redirected_from is not None:
        sent = sent.redirected_from
    if sent.method != "POST" or urlsplit(sent.url).path != to:
        yield f"the form sends {sent.method} {sent.url}"
    if answer.status >= 400 or page.locator(PROBLEM).count():
        told = page.locator(PROBLEM).first.inner_text() if page.locator(PROBLEM).count() else ""
        yield f"sent to {to}, and got {answer.status} {told[:200]}"
        return set(words)
    return forms[best]


def _fill(field: Locator, name: str, values: list[str]) -> tuple[Locator | None, list[str]]:
    """Puts values into the fields of one name; a button of that name is given back to be pressed."""
    kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "hidden":
        return None, []
    if kind == "submit":
        return field.and_(field.page.locator(f'[value="{values[0]}"]')).first, []
    _open_around(field.first)
    if kind in ("checkbox", "radio"):
        for value in values:
            one = field.and_(field.page.locator(f'[value="{value}"]')) if value != "on" else field
            if not one.count():
                return None, [f"{name} cannot be {value}"]
            one.first.check()
        return None, []
    if not field.first.is_visible():
        return None, [f"{name} is not seen"]
    if kind == "select":
        field.first.select_option(values)
    else:
        field.first.fill(values[0])
    return None, []


def _open_around(part: Locator) -> None:
    """Opens the disclosures in which something stands, as a reader would."""
    for closed in part.locator("xpath=ancestor::details[not(@open)]").all():
        closed.locator("summary").first.click()

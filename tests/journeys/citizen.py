"""What citizens do on the public site; each act works with JavaScript on and off."""

import re

from playwright.sync_api import Page, expect

from tests.servers.mail import PostOffice
from tests.servers.process import wait_until

RECEIPT = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b")
CODE = re.compile(r"\b(\d{3}\s?\d{3})\b")


def sign_in(page: Page, house: str, address: str, post: PostOffice, language: str = "en") -> None:
    """By a code from a letter, typed back: no password, and never by following a link alone."""
    before = len(post.to(address))
    page.goto(f"{house}/{language}/account/sign-in/")
    page.fill("[name=address]", address)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.fill("[name=code]", _code_from(post, address, before))
    page.locator("main form button").first.click()
    expect(
        page.locator("header form button, header a").filter(has_text=re.compile("Sign in|साइन इन"))
    ).to_have_count(0)


def _code_from(post: PostOffice, address: str, before: int) -> str:
    """The code of the newest letter that has one; a receipt of something said before may come in between."""

    def codes() -> list[str]:
        new = post.to(address)[before:]
        return [found.group(1) for letter in new if (found := CODE.search(letter.text))]

    wait_until(lambda: bool(codes()), seconds=30, what=f"a letter with a code to {address}")
    return codes()[-1]


def receipt(page: Page) -> str:
    """The code of the receipt that the page shows after something was said."""
    page.wait_for_load_state()
    shown = page.url + " " + page.locator("body").inner_text()
    found = RECEIPT.search(re.sub("[\u2010\u2011\u200b\u2060]", "-", shown))
    assert found, shown
    return found.group(0)


def answer(
    page: Page, house: str, address: str, *, words: str, choose: str, points: str, quote: bool = True
) -> str:
    """Answers question by question, looks it all over and sends it; gives the receipt's code."""
    page.goto(address)
    page.locator("main a[href*='/answer/']").first.click()
    form = page.locator("main form")
    form.locator("textarea").first.fill(words)
    _go_on(page)
    form.get_by_label(choose).check()
    _go_on(page)
    form.locator(f'input[type=radio][value="{points}"]').first.check()
    _go_on(page)
    if quote:
        form.locator("[name=may_quote]").check()
    _go_on(page)
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main a[href*='from=check']")).to_have_count(4)
    form.locator("button.btn--voice").click()
    expect(page).to_have_url(re.compile("/voice/"))
    return receipt(page)


def _go_on(page: Page) -> None:
    """To the next page of an answer."""
    with page.expect_navigation():
        page.locator("main form button[name=go][value=next]").click()


def propose(page: Page, address: str, *, title: str, words: str, sees: str) -> str:
    """Proposes an idea; one that is near, titled `sees`, is shown first. Gives the receipt's code."""
    assert sees != title
    page.goto(address)
    page.fill("[name=title]", title)
    page.fill("textarea[name=text]", words)
    page.locator("main form button").last.click()
    sees_near(page, sees)
    page.locator("button[name=step][value=send]").click()
    return receipt(page)


def sees_near(page: Page, title: str) -> None:
    """Among the ideas that are like the typed one, apart from the typed words, stands this one with a way to it."""
    near = page.locator("section[aria-labelledby=near]")
    expect(near.get_by_role("link").filter(has=page.get_by_text(title, exact=True))).to_have_attribute(
        "href", re.compile("/ideas/")
    )


def asks_for_letters(page: Page, house: str, address: str, agency: str) -> None:
    """A reader without an account asks for an agency's newsletter, by the page of what it posted."""
    page.goto(f"{house}/en/posts/")
    page.get_by_role("link", name=f"Letters from {agency}").click()
    page.fill("[name=address]", address)
    page.get_by_role("button", name="Send me the first letter").click()
    expect(page.locator("main")).to_contain_text("Look into your mailbox")


def confirms_letters(page: Page, post: PostOffice, address: str) -> None:
    """Opens the link of the letter that asks, and presses its button."""
    (letter,) = post.wait_for(address)
    found = re.search(r"http://\S+/confirm/\S+", letter.text)
    assert found, letter.text
    page.goto(found.group(0))
    page.get_by_role("button", name="Yes, send me the letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the list")


def support(page: Page, idea: str) -> None:
    page.goto(f"{idea}support/")
    page.locator("main form button").first.click()
    page.goto(f"{idea}support/")
    expect(page.locator("main form input[name=value]")).to_have_value("0")


def comment(page: Page, idea: str, words: str) -> str:
    page.goto(f"{idea}comment/")
    page.fill("textarea[name=text]", words)
    page.locator("main form button").first.click()
    return receipt(page)

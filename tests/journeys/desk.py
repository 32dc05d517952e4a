"""What officials do in the Wagtail admin, by mouse and keyboard."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from playwright.sync_api import Locator, Page, TimeoutError, expect

from accounts.services.factors import code_of
from foundation import clock
from tests.people import PASSWORD

MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Ask:
    """A question as an editor writes it."""

    instrument: str
    prompt: str
    visibility: str = ""
    options: list[str] = field(default_factory=list)
    ends: tuple[str, str] = ("", "")


def sign_in(page: Page, house: str, name: str) -> Page:
    """An official at the admin's door: password, an authenticator app that is set up, recovery codes put away."""
    page.goto(f"{house}/admin/login/")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    set_up_app(page)
    page.wait_for_url(f"{house}/admin/")
    return page


def set_up_app(page: Page) -> str:
    """On the page of who has no second factor yet: sets up an app with the key that is shown; gives the code typed."""
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("figure code").inner_text().replace(" ", "")
    code = code_of(secret, clock.now())
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Keep this app").click()
    page.get_by_label("I have written the codes down").check()
    page.get_by_role("button", name="Go on").click()
    return code


def open_agency(page: Page, house: str, name: str) -> None:
    page.goto(f"{house}/admin/agencies/open/")
    page.fill("#id_name", name)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text(f"{name} is open")).to_be_visible()


def appoint(page: Page, house: str, who: str, role: str, agency: str) -> None:
    page.goto(f"{house}/admin/roles/new/")
    page.fill("#id_who", who)
    page.select_option("#id_role", label=role)
    page.select_option("#id_agency", label=agency)
    page.locator("form button[type=submit].button-longrunning").click()
    page.wait_for_url(f"{house}/admin/roles/")


def write_consultation(
    page: Page, house: str, parent: int, *, title: str, summary: str, due: str, by: str, closes: datetime, opens: datetime,
    questions: list[Ask],
) -> int:  # fmt: skip
    """Writes a consultation and saves it as a draft; gives the page's number."""
    page.goto(f"{house}/admin/pages/add/consultations/consultationpage/{parent}/")
    page.fill("#id_title", title)
    page.fill("#id_summary", summary)
    page.fill("#id_answer_due_on", due)
    page.keyboard.press("Escape")
    page.fill("#id_answered_by", by)
    page.locator("#panel-child-content-phases-content .c-sf-add-button").first.click()
    page.fill("#phases-0-value-title", "Open for answers")
    for name, moment in (("opens_at", opens), ("closes_at", closes)):
        page.fill(f"#phases-0-value-{name}", moment.strftime(MOMENT))
        page.keyboard.press("Escape")
    for number, question in enumerate(questions):
        add_question(page, number, question)
    save(page)
    found = re.search(r"/pages/(\d+)/edit", page.url)
    assert found, page.url
    return int(found.group(1))


def add_question(page: Page, number: int, question: Ask) -> None:
    stream = page.locator('[data-contentpath="questions"]')
    more = stream.locator(".c-sf-add-button").nth(-1 if number else 0)
    kind = page.get_by_role("option", name=question.instrument)
    more.click()
    try:
        kind.wait_for(timeout=4000)
    except TimeoutError:  # a calendar that was just closing took the menu with it: one clicks again
        more.click()
    kind.click()
    start = f"#phases-0-value-questions-{number}-value"
    page.fill(f"{start}-prompt", question.prompt)
    if question.visibility:
        page.select_option(f"{start}-visibility", label=question.visibility)
    for index, label in enumerate(question.options):
        box = page.locator(f"{start}-options-{index}-value")
        if not box.count():
            page.locator(f"{start}-prompt >> xpath=ancestor::*[@data-streamfield-child][1]").locator(
                ".c-sf-add-button"
            ).last.click()
        box.fill(label)
    if question.ends[0]:
        page.fill(f"{start}-low", question.ends[0])
        page.fill(f"{start}-high", question.ends[1])


def save(page: Page) -> None:
    page.locator("button.action-save").first.click()
    page.wait_for_load_state("load")
    expect(page.locator(".messages")).to_contain_text(re.compile("created|updated|saved", re.I))


def send_for_approval(page: Page, house: str, number: int) -> None:
    page.goto(f"{house}/admin/pages/{number}/edit/")
    open_actions(page)
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text(re.compile("submitted", re.I))


def open_actions(page: Page) -> Locator:
    """Opens the menu beside *Save draft* and gives the footer."""
    footer = page.locator("footer")
    toggle = footer.locator("[data-w-dropdown-target=toggle]").first
    if toggle.count():
        toggle.click()
    return footer


def may_publish_or_approve(page: Page, house: str, number: int) -> bool:
    """Does the editor or the second person's screen offer any way to publish or approve?"""
    page.goto(f"{house}/admin/pages/{number}/edit/")
    open_actions(page)
    doors = page.locator("[name=action-publish], [data-workflow-action-name=approve]").count()
    page.goto(f"{house}/admin/approvals/{number}/")
    return bool(doors) or page.get_by_role("button", name="Approve and release").count() > 0


def approve(page: Page, house: str, number: int) -> None:
    """Approves the page that waits, as the second person."""
    page.goto(f"{house}/admin/approvals/{number}/")
    page.get_by_role("button", name="Approve and release").click()
    expect(page.locator(".messages")).to_contain_text("Approved and released")


def write_in(page: Page, house: str, number: int, language: str, fields: dict[str, str]) -> int:
    """Begins a page's version in another language, writes its words and saves it; gives its number."""
    page.goto(f"{house}/admin/translations/{number}/{language}/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    for selector, words in fields.items():
        page.fill(selector, words)
    save(page)
    found = re.search(r"/pages/(\d+)/edit", page.url)
    assert found, page.url
    return int(found.group(1))


def send_back(page: Page, why: str) -> None:
    page.fill("[name=comment]", why)
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".messages")).to_contain_text("Sent back")


def write_decision(page: Page, house: str, number: int, decision: str, theme_answer: str) -> None:
    """An officer writes the decision and the answer to the first theme."""
    page.goto(f"{house}/admin/pages/{number}/edit/")
    editor = page.locator(
        "[data-contentpath=decision] [contenteditable=true], #panel-child-content-decision-content [contenteditable=true]"
    )
    editor.first.click()
    page.keyboard.type(decision)
    for box in page.locator("[id^=themes-][id$=-value-answer]").all():
        box.fill(theme_answer)
    save(page)


def mend(page: Page, house: str, number: int, selector: str, words: str) -> None:
    """Changes one field and saves the draft."""
    page.goto(f"{house}/admin/pages/{number}/edit/")
    page.fill(selector, words)
    save(page)

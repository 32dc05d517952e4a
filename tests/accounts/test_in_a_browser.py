"""The way in of an official, in a real browser: app, passkey, recovery codes; for everybody to read, at two widths."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import set_up_app
from tests.people import PASSWORD
from tests.servers.browser import (
    Window,
    assert_axe_clean,
    assert_no_sideways_scroll,
    assert_only_from,
    assert_quiet,
)
from tests.servers.fixtures import window
from tests.servers.site import Site, site

__all__ = ["window"]
pytestmark = [pytest.mark.journey, pytest.mark.servers]
MAKE = """
from tests.people import person
for name in ("esha", "anil", "asha"):
    person(name)
"""


@pytest.fixture(scope="module")
def house() -> Iterator[Site]:
    """A running site with two officials and a citizen."""
    with site(parts=("web",)) as running:
        running.shell(MAKE)
        yield running


def readable(page: Page, house: Site) -> None:
    """By everybody, on a phone and on a desk."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_axe_clean(page)
        assert_no_sideways_scroll(page)
    assert_only_from(page, house.base_url)


def with_key(page: Page) -> None:
    """Puts a virtual security key into the browser, which says yes by itself."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page, house: Site, name: str) -> None:
    page.goto(f"{house.base_url}/admin/")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page, house: Site) -> None:
    page.goto(f"{house.base_url}/en/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_an_official_comes_in_with_a_passkey_and_one_of_nobody_is_told(window: Window, house: Site):
    page = window.page()
    with_key(page)
    page.goto(f"{house.base_url}/admin/")
    readable(page, house)
    give_password(page, house, "esha")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    readable(page, house)
    page.get_by_role("link", name="Add a passkey").click()
    readable(page, house)
    page.fill("[name=name]", "Key in the drawer")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    readable(page, house)
    page.get_by_role("button", name="Go on").click()
    readable(page, house)
    page.get_by_label("I have written the codes down").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{house.base_url}/admin/")
    sign_out(page, house)
    give_password(page, house, "esha")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    readable(page, house)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(f"{house.base_url}/admin/")
    page.goto(f"{house.base_url}/en/account/second-factor/mine/")
    expect(page.get_by_role("heading", name="Key in the drawer")).to_be_visible()
    readable(page, house)
    assert_quiet(page)
    page.context.close()
    page = window.page()  # with a key that this house does not know
    with_key(page)
    give_password(page, house, "esha")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.locator("[data-passkey-words]")).to_contain_text("was not used")
    readable(page, house)
    page.context.close()


def test_an_app_is_set_up_and_used_without_scripts(window: Window, house: Site):
    page = window.page(js=False)
    give_password(page, house, "anil")
    page.get_by_role("link", name="Set up an app").click()
    readable(page, house)
    page.fill("[name=code]", "0")
    page.get_by_role("button", name="Keep this app").click()
    expect(page.locator("main")).to_contain_text("does not fit")
    readable(page, house)
    page.goto(f"{house.base_url}/en/account/second-factor/mine/?next=/admin/")
    code = set_up_app(page)
    page.wait_for_url(f"{house.base_url}/admin/")
    sign_out(page, house)
    give_password(page, house, "anil")
    expect(page.get_by_role("button", name="Use my passkey")).to_have_count(0)
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("used already")
    readable(page, house)
    page.context.close()


def test_the_pages_of_ones_account_are_for_everybody_to_read(window: Window, house: Site):
    page = window.page()
    told = house.shell(
        "from accounts.models import Person\n"
        "from tests.holds.living import sessions\n"
        "asha = Person.objects.get(contact_points__address='asha@people.example')\n"
        "print('KEY' + sessions({'asha': asha})['asha'])\n"
    )
    cookie = {"name": "sessionid", "value": told.partition("KEY")[2].strip(), "url": house.base_url}
    page.context.add_cookies([cookie])
    for path in ("", "profile/", "addresses/", "addresses/confirm/", "sessions/", "my-data/"):
        answer = page.goto(f"{house.base_url}/en/account/{path}")
        assert answer is not None and answer.status == 200, path
        readable(page, house)
    page.goto(f"{house.base_url}/en/account/addresses/")
    page.fill("[name=address]", "nothing")
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    page.get_by_role("button", name="Send a code to it").click()
    expect(page.locator("main")).to_contain_text("with an @ sign")
    readable(page, house)
    page.context.close()

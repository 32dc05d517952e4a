"""Every page that people read is HTML without an error, by the W3C's own checker."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.holds.living import Living, addresses
from tests.holds.test_pages_in_a_browser import ASKED, LISTS, READ, REFUSED, SIGNED_IN, WRONG
from tests.people import signed_in
from tests.servers.fixtures import here as entered
from tests.servers.vnu import checker

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine,
    pytest.mark.servers,
    pytest.mark.xdist_group("every page as HTML"),
]


def read(browser: Client, name: str, here: Living) -> str:
    """A page as it came; where a form leads on, the page to which it leads."""
    address = name if name.startswith("/") else addresses(here)[name]
    return browser.get(address, follow=True).content.decode()


def pages(here: Living) -> dict[str, str]:
    """Every kind of page: read by a stranger, by one who is signed in, and forms that came back."""
    stranger, chitra = signed_in(None), signed_in(here.people["chitra"])
    found = {name: read(stranger, name, here) for name in dict.fromkeys((*READ, *LISTS, *ASKED))}
    found |= {f"{name}, signed in": read(chitra, name, here) for name in SIGNED_IN}
    found |= {
        f"{name}, refused": read(signed_in(here.people.get(who)), name, here) for who, name, _s in REFUSED
    }
    for what, (who, name, typed) in WRONG.items():
        if len(typed) == 1 and who and not name.startswith("/"):
            answer = signed_in(here.people.get(who)).post(addresses(here)[name], typed[0], follow=True)
            found[what] = answer.content.decode()
    return found


def test_every_page_is_html_without_an_error(here: Living, validate: Callable[[dict[str, str]], list[str]]):
    found = pages(here)
    assert len(found) > 40
    wrong = validate(found)
    assert not wrong, "\n".join(wrong)


def test_the_checker_checks(validate: Callable[[dict[str, str]], list[str]]):
    page = "<!doctype html><html lang=en><title>A page</title><p>{}</p></html>"
    wrong = validate({"good": page.format("words"), "bad": page.format("<div id=a></div><ul><p id=a></ul>")})
    assert wrong and all(line.startswith("bad: ") for line in wrong)


@pytest.fixture
def validate() -> Callable[[dict[str, str]], list[str]]:
    """The checker; where it is missing the test says so, and fails under CI=true."""
    with entered(checker) as check:
        return check

"""An address without a language leads to the reader's own, the same way for everybody, and nothing else is led on."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Person
from portal.middleware import FOR_EVERYBODY
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("hi", "hi"),
        ("ar-EG,ar;q=0.9,en;q=0.5", "ar"),
        ("fr,hi;q=0.4", "hi"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
@pytest.mark.parametrize(
    ("address", "below"),
    [("/", ""), ("/consultations/", "consultations/"), ("/nothing-here", "nothing-here/")],
)
def test_an_address_without_a_language_leads_to_the_browsers(
    client: Client, address: str, below: str, asked: str, language: str
) -> None:
    answer = client.get(address, headers={"accept-language": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/{below}")
    assert not answer.cookies
    assert answer["Vary"] == "Accept-Language"
    assert answer["Cache-Control"] == FOR_EVERYBODY


def test_no_cookie_has_a_say_in_it(client: Client, asha: Person) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "hi"
    for browser in (client, signed_in(asha)):
        answer = browser.get("/", headers={"accept-language": "ar"})
        assert answer["Location"] == "/ar/"


@pytest.mark.parametrize(
    ("address", "ways"),
    [
        ("/nothing-here", ["/en/nothing-here/"]),
        ("/nothing-here/", ["/en/nothing-here/"]),
        ("/en/nothing-here", ["/en/nothing-here/"]),
        ("/en/nothing-here/", []),
        ("/nothing-here.php", []),
        ("/en/nothing-here.php", []),
    ],
)
def test_what_is_not_there_ends_as_a_page_that_says_so(client: Client, address: str, ways: list[str]) -> None:
    answer = client.get(address, follow=True)
    assert [way for way, _status in answer.redirect_chain] == ways
    assert answer.status_code == 404
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    "address", ["/admin/posts/4711/", "/media/images/none.jpg", "/documents/4711/none.pdf", "/api/v1/nothing"]
)
def test_what_a_view_does_not_find_is_not_sought_elsewhere(priya: Person, address: str) -> None:
    answer = signed_in(priya).get(address)
    assert answer.status_code == 404

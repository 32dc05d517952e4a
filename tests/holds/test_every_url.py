"""Every address answers everybody as its row says, and no address is without a row."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import RequestFactory
from django.urls import URLResolver, resolve, reverse
from django.utils import translation
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from accounts.models import Person
from portal.urls import urlpatterns
from tests.holds.addresses import BACK, ON, ROWS, SIGN_IN, STAFF, WHO, everybody
from tests.holds.canaries import voter
from tests.holds.living import Living, addresses
from tests.holds.menus import MENUS, SEE_WAGTAILS_OWN
from tests.holds.names import names
from tests.holds.spoken import left_in_english
from tests.holds.test_no_page_joins_a_person_to_a_vote import text_of
from tests.holds.test_pages_in_a_browser import ASKED, READ
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("every address")]
WAGTAILS_OWN = ("wagtail", "?")
"""What Wagtail and wagtail-localize bring: their names begin so, or they have none."""
BUT = "wagtailadmin_home"
ON_BOTH = ("anonymous", "citizen", "editor", "admin", "root")
"""Who opens every address on each engine: between them they see every page."""


def ours() -> set[str]:
    """The names that need a row."""
    return {name for name in names() if name == BUT or not name.startswith(WAGTAILS_OWN)}


def test_no_address_is_without_a_row_and_no_row_without_an_address():
    assert ours() == set(ROWS)


def test_an_address_of_ours_has_a_name():
    """What has no name would be taken for one of Wagtail's own."""
    rooms = ("portal", "cms", "search", "api", "notifications", "ideas", "moderation", "analysis", "outreach",
             "consultations", "accounts", "records", "design")  # fmt: skip
    nameless = [view for name, view in _views(urlpatterns) if name is None and view.startswith(rooms)]
    assert nameless == []


def _views(patterns: Sequence[Any]) -> Iterator[tuple[str | None, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.lookup_str


@pytest.mark.parametrize(
    "who", [who if who in ON_BOTH else pytest.param(who, marks=pytest.mark.one_engine) for who in WHO]
)
def test_every_address_answers_as_its_row_says(here: Living, who: str):
    browser = signed_in(here.people.get(WHO[who]))
    browser.raise_request_exception = False
    known, wrong = voter(here.idea), []
    for name, (row, places) in ROWS.items():
        with translation.override("en"):
            address = reverse(name, kwargs=places(here))
        answer = browser.get(address)
        shown = text_of(answer).casefold()
        answered = said(answer)
        if answered != row[who]:
            wrong.append(f"{name} ({address}): {answered}, not {row[who]}")
        wrong += [f"{name} ({address}) shows who voted: {sign}" for sign in known.signs if sign in shown]
    assert not wrong, f"{who}:\n" + "\n".join(wrong)


def test_a_page_that_everybody_reads_is_looked_at_in_a_browser(here: Living):
    """Else nobody weighs it, and nobody asks whether it can be read on a phone."""
    there = addresses(here)
    paths = [urlsplit(there.get(name, name)).path for name in (*READ, *ASKED)]
    looked_at = set()
    for path in paths:
        with translation.override(translation.get_language_from_path(path)):
            looked_at.add(resolve(path).view_name)
    missing = []
    for name, (row, places) in ROWS.items():
        if row == everybody() and name not in looked_at:
            with translation.override("en"):
                answer = signed_in(None).get(reverse(name, kwargs=places(here)))
            if answer.get("Content-Type", "").startswith("text/html"):
                missing.append(name)
            said(answer)
    assert missing == []


def menu_of(somebody: Person) -> dict[str, str]:
    """Each item of somebody's menu, without the headings above them, and where it leads."""
    request = RequestFactory().get("/admin/")
    request.user = somebody
    items, found = list(admin_menu.menu_items_for_request(request)), {}
    for item in items:
        if isinstance(item, SubmenuMenuItem):
            items += item.menu.menu_items_for_request(request)
        else:
            found[str(item.label)] = item.url
    return found


@pytest.mark.one_engine
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")  # wagtail-localize's report
@pytest.mark.parametrize("who", STAFF)
def test_a_menu_holds_what_the_role_needs_and_every_item_of_it_opens(here: Living, who: str):
    """What one of ours answers stands in its row; who has pages sees the same of Wagtail's."""
    menu = menu_of(here.people[WHO[who]])
    assert set(menu) == MENUS[who]
    browser, shut = signed_in(here.people[WHO[who]]), {}
    for label, address in menu.items():
        name = resolve(address).view_name if address.startswith("/") else ""
        if name in ROWS:
            answered = ROWS[name][0][who]
        elif not name or who not in SEE_WAGTAILS_OWN:
            continue
        else:
            answered = said(browser.get(address))
        if answered not in (200, ON):
            shut[label] = answered
    assert shut == {}


SPOKEN = {
    "": ("/en/", "/en/consultations/", "open {}", "/en/account/sign-in/", "/en/voice/", "voice asha", "voice refused",
         "voice read", "read rightly",
         "idea", "flag", "/en/ideas/", "/en/search/", "/en/posts/", "/en/record/", "/en/moderation/", "letters",
         "/en/data/posts/", "/en/nothing-here/"),
    "chitra": ("respond {}", "check {}", "support", "comment", "propose", "flag", "/en/account/", "letters wanted"),
    "ben": ("appeal",),
    "asha": ("/en/account/profile/", "/en/account/addresses/", "/en/account/sessions/", "/en/account/my-data/"),
    "omana": ("/en/account/second-factor/mine/", "/en/account/second-factor/mine/app/"),
    "esha": ("respond {}",),
}  # fmt: skip
"""Who reads which pages; an address in English stands for the one in the other language."""


@pytest.mark.parametrize("language", ["hi", "ar"])
def test_a_page_speaks_the_language_of_its_address(here: Living, language: str):
    there, wrong = addresses(here), {}
    for who, pages in SPOKEN.items():
        browser = signed_in(here.people.get(who))
        for name in pages:
            path = there.get(name.format(language), name).removeprefix("/").partition("/")[2]
            answer = browser.get(f"/{language}/{path}", follow=True)
            assert answer.status_code == {"/en/nothing-here/": 404}.get(
                name, 403 if who == "esha" else 200
            ), name
            if found := left_in_english(answer.content.decode(), language):
                wrong[path] = found
    assert not wrong


def said(answer: Any) -> int | str:
    """The status, or in words where a redirection leads."""
    if answer.streaming:
        b"".join(answer.streaming_content)  # to its end, where Django's test client closes it
    if answer.status_code != 302:
        return answer.status_code
    where = answer["Location"]
    if "/sign-in/" in where or where.startswith("/admin/login/"):
        return SIGN_IN
    return BACK if where == "/admin/" else ON

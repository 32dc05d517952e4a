"""Coming in by a code: typed back or confirmed with one button, never by opening an address."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person, SignInCode
from accounts.verification.limits import network_of
from tests.accounts.letters import another
from tests.people import PASSWORD, address, signed_in

pytestmark = pytest.mark.django_db

SIGN_IN, CONFIRM, HOME = "/en/account/sign-in/", "/en/account/confirm/", "/en/account/"
DESK = "/en/account/sign-in/desk/"


@pytest.fixture
def ask(letters, commit):
    """Asks for a code in a browser; gives the answer."""

    def asked(browser, to="asha@people.example", **typed):
        with commit():
            return browser.post(SIGN_IN, {"address": to, **typed})

    return asked


def whoever(browser) -> str | None:
    return browser.session.get("_auth_user_id")


def test_a_citizen_signs_in_by_typing_the_code_back(client, ask, letters):
    assert client.get(SIGN_IN).status_code == 200
    answer = ask(client)
    assert answer.url == CONFIRM
    page = client.get(CONFIRM)
    assert "asha@people.example" in page.content.decode()
    answer = client.post(CONFIRM, {"code": letters[0]["code"]})
    assert answer.url == HOME
    assert whoever(client) == str(Person.objects.get().pk)
    assert "asha@people.example" in client.get(HOME).content.decode()


def test_the_letters_link_fills_the_code_in_and_needs_a_button(client, ask, letters):
    ask(client)
    code = letters[0]["code"]
    for _time in range(7):
        page = client.get(CONFIRM, {"code": code})
        assert f'value="{code}"' in page.content.decode()
    assert client.head(CONFIRM, {"code": code}).status_code == 200
    assert whoever(client) is None
    assert not Person.objects.exists()
    assert SignInCode.objects.get().tries_left == 5
    client.post(CONFIRM, {"code": code})
    assert whoever(client)


def test_the_link_shows_only_digits_of_what_it_carries(client, ask):
    ask(client)
    page = client.get(CONFIRM, {"code": '123"><script>4567890'}).content.decode()
    assert 'value="123456"' in page
    assert "<script>4" not in page


def test_the_letters_link_in_another_browser_says_what_to_do(client, ask, letters):
    ask(client)
    elsewhere = Client()
    page = elsewhere.get(CONFIRM, {"code": letters[0]["code"]}).content.decode()
    assert "not waiting for a code" in page
    assert "asha@" not in page
    elsewhere.post(CONFIRM, {"code": letters[0]["code"]})
    assert whoever(elsewhere) is None


def test_the_key_of_the_session_changes_and_the_word_for_the_code_goes(client, ask, letters):
    ask(client)
    before = client.session.session_key
    client.post(CONFIRM, {"code": letters[0]["code"]})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert not {"code_browser", "code_next"} & set(client.session.keys())


def test_a_code_cannot_be_given_back_a_second_time(client, ask, letters):
    ask(client)
    kept = client.cookies.copy()
    client.post(CONFIRM, {"code": letters[0]["code"]})
    thief = Client()
    thief.cookies = kept
    thief.post(CONFIRM, {"code": letters[0]["code"]})
    assert whoever(thief) is None
    client.post("/en/account/sign-out/")
    client.post(CONFIRM, {"code": letters[0]["code"]})
    assert whoever(client) is None


def test_a_wrong_code_is_said_kept_and_counted_until_the_end(client, ask, letters):
    ask(client)
    wrong = another(letters[0]["code"])
    for _try in range(4):
        page = client.post(CONFIRM, {"code": wrong}).content.decode()
        assert "not the code that we sent" in page
        assert f'value="{wrong}"' in page
        assert "<title>Problem:" in page
    assert "one try too many" in client.post(CONFIRM, {"code": wrong}).content.decode()
    page = client.post(CONFIRM, {"code": letters[0]["code"]}).content.decode()
    assert "ask for a new one" in page
    assert whoever(client) is None


def test_a_bad_address_comes_back_as_it_was_typed(client, ask, letters):
    page = ask(client, to="asha at people", next="/en/ideas/").content.decode()
    assert 'value="asha at people"' in page
    assert 'value="/en/ideas/"' in page
    assert "e-mail address with an @ sign" in page
    assert not letters
    assert "write your e-mail address" in ask(client, to="").content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(ask, asha, letters):
    def walk(to):
        browser = Client()
        answer = ask(browser, to=to)
        page = browser.get(answer.url).content.decode().replace(to, "…")
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        return answer.status_code, answer.url, answer.headers.keys(), page, sorted(browser.session.keys())

    known, unknown = walk(address("asha")), walk("nobody@people.example")
    assert known == unknown
    assert len(letters) == 2


def test_known_and_unknown_addresses_cost_the_same_queries(ask, asha):
    shapes = []
    ask(Client(), to="first@of-this-network.example")
    for to in (address("asha"), "nobody@people.example"):
        with CaptureQueriesContext(connection) as asked:
            ask(Client(), to=to)
        shapes.append([re.sub(r"\W.*", "", query["sql"]) for query in asked.captured_queries])
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) > 3


def test_too_many_codes_are_refused_alike_with_the_address_kept(ask, asha):
    for to in (address("asha"), "nobody@people.example"):
        for _time in range(6):
            assert ask(Client(), to=to).status_code == 302
        answer = ask(Client(), to=to)
        assert answer.status_code == 429
        assert f'value="{to}"' in answer.content.decode()


@pytest.mark.parametrize("wanted", ["/en/ideas/?sort=new&page=2", "/hi/"])
def test_the_way_on_goes_through_both_forms(client, ask, letters, wanted):
    assert f'value="{wanted.replace("&", "&amp;")}"' in client.get(SIGN_IN, {"next": wanted}).content.decode()
    answer = ask(client, next=wanted)
    assert f'value="{wanted.replace("&", "&amp;")}"' in client.get(answer.url).content.decode()
    assert client.post(CONFIRM, {"code": letters[0]["code"], "next": wanted}).url == wanted


def test_the_way_on_is_kept_for_who_comes_by_the_letters_link(client, ask, letters):
    ask(client, next="/en/ideas/")
    assert 'value="/en/ideas/"' in client.get(CONFIRM, {"code": letters[0]["code"]}).content.decode()
    assert client.post(CONFIRM, {"code": letters[0]["code"]}).url == "/en/ideas/"


@pytest.mark.parametrize(
    "outside",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///x"],
)
def test_the_way_on_never_leads_outside(client, ask, letters, outside):
    assert (
        '<input type="hidden" name="next" id="id_next">'
        in client.get(SIGN_IN, {"next": outside}).content.decode()
    )
    assert ask(client, next=outside).url == CONFIRM
    assert client.post(CONFIRM, {"code": letters[0]["code"], "next": outside}).url == HOME


def test_who_is_signed_in_is_sent_on(asha):
    browser = signed_in(asha)
    assert browser.get(SIGN_IN).url == HOME
    assert browser.get(SIGN_IN, {"next": "/en/ideas/"}).url == "/en/ideas/"


def test_a_form_without_its_token_is_refused(letters):
    strict = Client(enforce_csrf_checks=True)
    for path in (SIGN_IN, CONFIRM, "/en/account/sign-out/"):
        assert strict.post(path, {"address": "asha@people.example", "code": "1"}).status_code == 403
    assert not letters


def test_nothing_here_is_kept_by_a_cache(client, asha):
    for browser, path in ((client, SIGN_IN), (client, CONFIRM), (signed_in(asha), HOME)):
        assert "no-store" in browser.get(path)["Cache-Control"]


def test_the_pages_hold_no_inline_script_or_style(client, asha, ask):
    ask(client)
    me = signed_in(asha)
    for browser, path in ((client, SIGN_IN), (client, CONFIRM), (me, HOME), (me, "/en/account/erase/")):
        page = browser.get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src=') + page.count("<script src=")


def test_an_official_signs_in_at_the_desk_with_a_password_and_a_citizen_does_not(esha, asha):
    desk = Client()
    assert desk.post("/admin/login/", {"username": "esha", "password": PASSWORD}).url == DESK
    assert whoever(desk) is None
    desk.post(DESK, {"name": "esha", "password": PASSWORD})
    assert whoever(desk) == str(esha.pk)
    assert signed_in(esha).get("/admin/").status_code == 200
    nobody = Client()
    nobody.post(DESK, {"name": asha.username, "password": "x"})
    assert whoever(nobody) is None
    answer = signed_in(asha).get("/admin/")
    assert answer.url.startswith(DESK)
    assert "holds no role" in signed_in(asha).get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("meta", "proxy", "network"),
    [
        ({"REMOTE_ADDR": "192.0.2.77"}, False, "192.0.2.0/24"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3::4"}, False, "2001:db8:1::/56"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.77"}, False, "192.0.2.0/24"),
        ({"REMOTE_ADDR": ""}, False, ""),
        ({"REMOTE_ADDR": "192.0.2.77", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}, False, "192.0.2.0/24"),
        (
            {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.9"},
            True,
            "198.51.100.0/24",
        ),
    ],
)
def test_a_network_is_a_prefix_and_a_forwarded_one_is_believed_only_behind_a_proxy(
    rf, settings, meta, proxy, network
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    assert network_of(rf.get("/", **meta)) == network


def test_every_page_has_its_address():
    assert reverse("accounts:sign_in") == SIGN_IN
    assert reverse("accounts:confirm") == CONFIRM
    assert reverse("accounts:home") == HOME

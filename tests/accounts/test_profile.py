"""One's account: name and language, addresses, and where one is signed in."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import ContactPoint, OpenSession, Person, SignInCode
from accounts.services import ask_for_code, confirm_code
from accounts.services.profile import ask_to_add, confirm_addition, remove_contact_point
from accounts.services.sessions import browser_in_words
from foundation import clock
from foundation.errors import BadInput, WrongState
from tests.accounts.factors import give, with_app
from tests.accounts.letters import another
from tests.people import NOW, PASSWORD, address, signed_in

pytestmark = pytest.mark.django_db
HOME, PROFILE, ADDRESSES = "/en/account/", "/en/account/profile/", "/en/account/addresses/"
CONFIRM, SESSIONS = f"{ADDRESSES}confirm/", "/en/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"


def test_name_and_language_are_changed_and_odd_ones_refused(asha):
    browser = signed_in(asha)
    assert browser.post(PROFILE, {"name": "  Asha   Devi Rao ", "language": "hi"}).url == HOME
    asha.refresh_from_db()
    assert (asha.first_name, asha.last_name, asha.language) == ("Asha", "Devi Rao", "hi")
    assert 'value="Asha Devi Rao"' in browser.get(PROFILE).content.decode()
    page = browser.post(PROFILE, {"name": "A" * 200, "language": "tlh"}).content.decode()
    assert "A" * 200 in page
    asha.refresh_from_db()
    assert asha.language == "hi"
    assert browser.post(PROFILE, {"name": "", "language": ""}).status_code == 302


def test_an_address_is_added_by_the_code_that_came_to_it_and_lets_in(asha, letters, commit):
    browser = signed_in(asha)
    with commit():
        assert browser.post(ADDRESSES, {"address": "asha@work.example"}).url == CONFIRM
    assert letters[-1]["address"] == "asha@work.example"
    assert "asha@work.example" in browser.get(CONFIRM).content.decode()
    wrong = another(letters[-1]["code"])
    page = browser.post(CONFIRM, {"code": wrong}).content.decode()
    assert "not the code that we sent" in page and f'value="{wrong}"' in page
    assert browser.post(CONFIRM, {"code": letters[-1]["code"]}).url == ADDRESSES
    assert asha.contact_points.count() == 2
    with commit():
        ask_for_code("asha@work.example", browser="b", network="", language="en", now=NOW)
    assert confirm_code(letters[-1]["code"], browser="b", now=NOW) == asha


def test_the_letters_link_finds_the_page_of_the_new_address(asha, letters, commit):
    browser = signed_in(asha)
    with commit():
        browser.post(ADDRESSES, {"address": "asha@work.example"})
    answer = browser.get("/en/account/confirm/", {"code": letters[-1]["code"]})
    assert answer.url == f"{CONFIRM}?code={letters[-1]['code']}"
    assert f'value="{letters[-1]["code"]}"' in browser.get(answer.url).content.decode()
    assert asha.contact_points.count() == 1


def test_a_code_for_an_address_signs_nobody_in_and_one_for_signing_in_adds_none(asha, ben, letters, commit):
    with commit():
        ask_to_add(asha, "new@people.example", browser="b", network="", language="en", now=NOW)
    for somebody, act in ((None, confirm_code), (ben, confirm_addition)):
        who = (somebody,) if somebody else ()
        network = {"network": None} if somebody else {}
        with pytest.raises(WrongState):
            act(*who, letters[-1]["code"], browser="b", now=NOW, **network)
    with commit():
        ask_for_code("other@people.example", browser="c", network="", language="en", now=NOW)
    with pytest.raises(WrongState):
        confirm_addition(asha, letters[-1]["code"], browser="c", network=None, now=NOW)
    assert ContactPoint.objects.count() == 2


def test_an_address_of_somebody_else_gets_a_code_like_any_other_and_is_not_taken(asha, ben, letters, commit):
    pages = []
    browser = signed_in(asha)
    for to in (address("ben"), "nobody@people.example"):
        with commit():
            assert browser.post(ADDRESSES, {"address": to}).url == CONFIRM
        page = browser.get(CONFIRM).content.decode().replace(to, "…")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    with commit():
        browser.post(ADDRESSES, {"address": address("ben")})
    assert letters[-1]["address"] == address("ben")
    page = browser.post(CONFIRM, {"code": letters[-1]["code"]}).content.decode()
    assert "belongs to another account" in page
    assert ben.contact_points.get().address == address("ben")
    assert asha.contact_points.count() == 1


def test_ones_own_address_in_another_spelling_is_told(asha, letters):
    page = signed_in(asha).post(ADDRESSES, {"address": "ASHA+x@people.example"}).content.decode()
    assert "yours already" in page
    assert 'value="ASHA+x@people.example"' in page
    assert not letters


def test_addresses_go_but_never_the_last_one_nor_somebody_elses(asha, ben):
    browser = signed_in(asha)
    only = asha.contact_points.get()
    page = browser.post(f"{ADDRESSES}{only.pk}/remove/").content.decode()
    assert "only way to reach your account" in page
    second = ContactPoint.objects.create(
        person=asha, kind="email", address="b@people.example", address_key="b", verified_at=NOW
    )
    assert browser.post(f"{ADDRESSES}{ben.contact_points.get().pk}/remove/").status_code == 404
    assert "no longer lets you in" in browser.get(f"{ADDRESSES}{only.pk}/remove/").content.decode()
    assert browser.post(f"{ADDRESSES}{only.pk}/remove/").url == ADDRESSES
    assert list(asha.contact_points.all()) == [second]
    assert ben.contact_points.exists()


def test_an_official_keeps_a_mailbox_and_letters_follow(esha):
    phone = ContactPoint.objects.create(
        person=esha, kind="sms", address="+919876543210", address_key="p", verified_at=NOW
    )
    with pytest.raises(WrongState, match="needs a mailbox"):
        remove_contact_point(esha, esha.contact_points.get(kind="email").pk)
    ContactPoint.objects.create(
        person=esha, kind="email", address="new@office.example", address_key="n", verified_at=NOW
    )
    remove_contact_point(esha, esha.contact_points.filter(kind="email").order_by("pk").first().pk)
    esha.refresh_from_db()
    assert esha.email == "new@office.example"
    remove_contact_point(esha, phone.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_addresses_removed_at_once_one_stays(asha, together):
    ContactPoint.objects.create(
        person=asha, kind="email", address="b@people.example", address_key="b", verified_at=NOW
    )
    numbers = list(asha.contact_points.values_list("pk", flat=True))
    results = together(
        2, lambda number: remove_contact_point(Person.objects.get(pk=asha.pk), numbers[number])
    )
    assert sorted(map(repr, results), key=len)[0] == "None"
    assert sum(isinstance(result, WrongState) for result in results) == 1, results
    assert asha.contact_points.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_confirmed_by_two_people_at_once_is_of_one(asha, ben, letters, together):
    people, codes = [asha, ben], {}
    for number, somebody in enumerate(people):
        ask_to_add(somebody, "both@people.example", browser=str(number), network="", language="en", now=NOW)
        codes[number] = letters[-1]["code"]
        SignInCode.objects.filter(person=somebody).update(address_key=f"kept apart {number}")

    def confirm(number):
        return confirm_addition(people[number], codes[number], browser=str(number), network=None, now=NOW)

    results = together(2, confirm)
    assert sum(isinstance(result, ContactPoint) for result in results) == 1, results
    assert sum(isinstance(result, WrongState) for result in results) == 1, results


def test_sessions_are_listed_without_an_address_and_ended_one_by_one(asha, ben):
    here, there, his = signed_in(asha), signed_in(asha), signed_in(ben)
    page = here.get(SESSIONS).content.decode()
    assert page.count('<li class="row">') == 2
    assert page.count("This browser") == 1
    assert "127.0.0" not in page
    other = OpenSession.objects.get(session_id=there.session.session_key)
    foreign = OpenSession.objects.get(session_id=his.session.session_key)
    assert here.post(f"{SESSIONS}{foreign.pk}/end/").status_code == 404
    assert here.post(f"{SESSIONS}{other.pk}/end/").url == SESSIONS
    assert there.get(HOME).status_code == 302
    assert his.get(HOME).status_code == 200
    assert here.get(HOME).status_code == 200


def test_all_others_are_ended_at_once(asha, ben):
    here, there, his = signed_in(asha), signed_in(asha), signed_in(ben)
    assert here.post(f"{SESSIONS}end-others/").url == SESSIONS
    assert there.get(HOME).status_code == 302
    assert here.get(HOME).status_code == 200
    assert his.get(HOME).status_code == 200


def test_a_session_that_ends_leaves_no_row_in_the_list(asha):
    browser = signed_in(asha)
    assert OpenSession.objects.count() == 1
    browser.post("/en/account/sign-out/")
    assert not OpenSession.objects.exists()
    signed_in(asha)
    Session.objects.update(expire_date=clock.now() - timedelta(days=1))
    Session.get_session_store_class().clear_expired()
    assert not OpenSession.objects.exists()


def test_a_step_up_keeps_the_place_in_the_list(esha):
    secret = with_app(esha)
    browser = Client(headers={"user-agent": FIREFOX})
    browser.post("/en/account/sign-in/desk/", {"name": "esha", "password": PASSWORD})
    began = OpenSession.objects.get().began_at
    give(browser, secret)
    row = OpenSession.objects.get()
    assert (row.session_id, row.began_at) == (browser.session.session_key, began)
    assert row.browser == "Firefox, Linux"
    assert authenticate(username="esha", password=PASSWORD) == esha


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_words_without_its_version(header, words):
    assert browser_in_words(header) == words


def test_wrong_codes_for_an_address_end_after_five(asha, letters, commit):
    with commit():
        ask_to_add(asha, "new@people.example", browser="b", network="", language="en", now=NOW)
    wrong = another(letters[-1]["code"])
    for refusal in [BadInput] * 4 + [WrongState] * 2:
        with pytest.raises(refusal):
            confirm_addition(asha, wrong, browser="b", network=None, now=NOW)
    with pytest.raises(WrongState):
        confirm_addition(asha, letters[-1]["code"], browser="b", network=None, now=NOW)

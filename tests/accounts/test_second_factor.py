"""Every address of the desk wants a second factor that was given in this session."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.factors.session import KEY
from accounts.models import Tally
from accounts.services import erase_person, forget_factors
from accounts.services.factors import (
    add_app,
    code_of,
    codes_to_keep,
    fresh_secret,
    give_code,
    put_codes_away,
    remove_factor,
    renew_codes,
)
from accounts.verification.limits import TooMany
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from tests.accounts.factors import give, with_app
from tests.people import NOW, PASSWORD, PEOPLE, person, signed_in

pytestmark = pytest.mark.django_db
DESK, GIVE, MINE = (
    "/en/account/sign-in/desk/",
    "/en/account/second-factor/",
    "/en/account/second-factor/mine/",
)
FILLED = {"int": "1", "str": "x", "slug": "x", "uuid": "7f3b4e1e-0d4e-4b59-9d2b-3f1f6a2b9c11", "path": "x"}


def admin_addresses() -> list[str]:
    """Every address below /admin/, Wagtail's own among them, with something in its places."""
    found = []

    def walk(patterns, before):
        for each in patterns:
            route = before + str(each.pattern)
            if isinstance(each, URLPattern):
                found.append(route)
            else:
                walk(each.url_patterns, route)

    walk(get_resolver().url_patterns, "")
    filled = []
    for route in found:
        if not route.startswith("admin/"):
            continue
        plain = re.sub(r"<(?:(\w+):)?\w+>", lambda place: FILLED.get(place.group(1) or "str", "x"), route)
        plain = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\))?[^()]*\)", "1", plain)
        filled.append("/" + re.sub(r"[\^$\\?]|\.\*", "", plain))
    return sorted(set(filled) - {"/admin/login/", "/admin/logout/"})


def test_there_are_very_many_addresses_and_wagtails_are_among_them():
    found = admin_addresses()
    assert len(found) > 250
    assert {
        "/admin/",
        "/admin/pages/1/edit/",
        "/admin/jsi18n/",
        "/admin/sprite/",
        "/admin/roles/new/",
    } <= set(found)


@pytest.mark.one_engine  # decided by a middleware, whatever stands in the address
@pytest.mark.parametrize(("who", "leads"), [("esha", GIVE), ("root", GIVE), ("asha", DESK), ("", DESK)])
def test_no_address_of_the_desk_answers_without_it(who, leads):
    browser = signed_in(person(who) if who else None, second_factor=False)
    browser.raise_request_exception = False
    open_still = []
    for address in admin_addresses():
        for method in (browser.get, browser.post):
            answer = method(address)
            if answer.status_code != 302 or not answer["Location"].startswith(f"{leads}?next="):
                open_still.append((address, answer.status_code))
    assert open_still == []


def test_what_a_script_asks_for_is_refused_and_not_led_away(esha):
    browser = signed_in(esha, second_factor=False)
    assert browser.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert signed_in(esha).get("/admin/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 200


def test_an_official_sets_up_an_app_on_the_first_day_and_comes_in(esha):
    browser = Client()
    assert browser.get("/admin/roles/").url == f"{DESK}?next=%2Fadmin%2Froles%2F"
    assert browser.get("/admin/login/", {"next": "/admin/roles/"}).url == f"{DESK}?next=%2Fadmin%2Froles%2F"
    answer = browser.post(DESK, {"name": "esha", "password": PASSWORD, "next": "/admin/reports/locked/"})
    assert answer.url == f"{GIVE}?next=%2Fadmin%2Freports%2Flocked%2F"
    answer = browser.get(answer.url)
    assert answer.url == f"{MINE}?next=%2Fadmin%2Freports%2Flocked%2F"
    page = browser.get(answer.url).content.decode()
    assert f"{MINE}app/?next=%2Fadmin%2Freports%2Flocked%2F" in page
    shown = browser.get(f"{MINE}app/", {"next": "/admin/reports/locked/"}).content.decode()
    secret = re.search(r'<code class="code" dir="ltr">([A-Z2-7 ]+)</code>', shown).group(1).replace(" ", "")
    wrong = browser.post(f"{MINE}app/", {"code": "000000", "next": "/admin/reports/locked/"}).content.decode()
    assert "does not fit" in wrong
    assert secret in wrong.replace(" ", ""), "the same key stays until it is kept"
    answer = browser.post(
        f"{MINE}app/", {"code": code_of(secret, clock.now()), "next": "/admin/reports/locked/"}
    )
    assert answer.url == f"{MINE}codes/?next=%2Fadmin%2Freports%2Flocked%2F"
    page = browser.get(answer.url).content.decode()
    assert len(re.findall(r'<code class="code" dir="ltr">\d{5} \d{5}</code>', page)) == 10
    assert "not shown again" in browser.post(answer.url, {}).content.decode()
    answer = browser.post(answer.url, {"kept": "on", "next": "/admin/reports/locked/"})
    assert answer.url == "/admin/reports/locked/"
    assert browser.get("/admin/").status_code == 200
    assert "<code" not in browser.get(f"{MINE}codes/").content.decode()


def test_the_next_time_a_code_of_the_app_is_asked_for(esha):
    secret = with_app(esha)
    browser = Client()
    browser.post(DESK, {"name": "esha", "password": PASSWORD})
    assert browser.get("/admin/").url.startswith(GIVE)
    page = browser.post(GIVE, {"code": "123 45", "next": "/admin/reports/locked/"}).content.decode()
    assert "not a code that we can take" in page
    assert 'value="123 45"' in page
    assert browser.get("/admin/").status_code == 302
    before = browser.session.session_key
    assert give(browser, secret, "/admin/roles/").url == "/admin/roles/"
    assert browser.session.session_key != before
    assert browser.get("/admin/").status_code == 200
    assert browser.get(GIVE, {"next": "/admin/roles/"}).url == "/admin/roles/"


def test_who_came_by_a_code_from_a_letter_is_asked_too(esha):
    with_app(esha)
    assert signed_in(esha, second_factor=False).get("/admin/").url.startswith(GIVE)


def test_the_mark_is_for_one_person_and_for_eight_hours(esha, anil):
    browser = signed_in(esha)
    session = browser.session
    session[KEY] = {**session[KEY], "person": anil.pk}
    session.save()
    assert browser.get("/admin/").status_code == 302
    fresh = signed_in(esha)
    session = fresh.session
    session[KEY] = {**session[KEY], "at": (clock.now() - timedelta(hours=8)).isoformat()}
    session.save()
    assert fresh.get("/admin/").status_code == 302


def test_a_citizen_sees_no_page_of_it(asha):
    browser = signed_in(asha)
    for address in (GIVE, MINE, f"{MINE}app/", f"{MINE}passkey/", f"{MINE}codes/"):
        assert browser.get(address).status_code == 403, address
    assert "Second factor" not in browser.get("/en/account/").content.decode()
    with pytest.raises(NotAllowed):
        add_app(asha, secret=fresh_secret(), typed="000000", now=NOW)


@pytest.mark.parametrize(
    "path", [MINE, f"{MINE}app/", f"{MINE}passkey/", f"{MINE}codes/", "/en/account/erase/"]
)
def test_who_has_one_gives_it_before_changing_anything(esha, path):
    with_app(esha)
    browser = signed_in(esha, second_factor=False)
    for answer in (browser.get(path), browser.post(path, {"sure": "on", "step": "new"})):
        assert answer.url.startswith(GIVE)
    assert signed_in(esha).get(path).status_code == 200
    esha.refresh_from_db()
    assert esha.erased_at is None


def test_a_code_of_the_app_is_good_once_and_for_a_minute_and_a_half(esha):
    secret = with_app(esha, now=NOW)
    code = code_of(secret, NOW)
    assert give_code(esha, f" {code[:3]} {code[3:]} ", now=NOW) == "totp"
    with pytest.raises(BadInput, match="used already"):
        give_code(esha, code, now=NOW)
    later = NOW + timedelta(minutes=5)
    code = code_of(secret, later)
    for early in (timedelta(seconds=90), -timedelta(seconds=90)):
        with pytest.raises(BadInput):
            give_code(esha, code, now=later + early)
    assert give_code(esha, code, now=later + timedelta(seconds=30)) == "totp"
    with pytest.raises(BadInput, match="used already"):
        give_code(esha, code_of(secret, later - timedelta(seconds=30)), now=later)


def test_each_recovery_code_is_good_once_and_new_ones_end_the_old(esha):
    with_app(esha, now=NOW)
    codes = codes_to_keep(esha)
    assert len(set(codes)) == 10
    assert all(len(code) == 10 for code in codes)
    assert give_code(esha, codes[3], now=NOW) == "recovery_codes"
    with pytest.raises(BadInput):
        give_code(esha, codes[3], now=NOW)
    put_codes_away(esha)
    assert codes_to_keep(esha) == []
    assert len(renew_codes(esha, now=NOW)) == 10
    with pytest.raises(BadInput):
        give_code(esha, codes[4], now=NOW)


def test_secrets_are_sealed_and_a_new_secret_key_loses_nobody(esha, settings):
    secret = with_app(esha, now=NOW)
    codes = codes_to_keep(esha)
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert not [code for code in codes if code in rows]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " + "y" * 40
    assert give_code(esha, code_of(secret, NOW), now=NOW) == "totp"
    assert give_code(esha, codes[0], now=NOW) == "recovery_codes"


def test_tries_are_counted_and_the_right_one_begins_anew(esha, anil):
    secret, his = with_app(esha, now=NOW), with_app(anil, now=NOW)
    for _try in range(9):
        with pytest.raises(BadInput):
            give_code(esha, "1234567890", now=NOW)
    assert give_code(esha, code_of(secret, NOW), now=NOW)
    assert not Tally.objects.exists()
    for _try in range(10):
        with pytest.raises(BadInput):
            give_code(esha, "1234567890", now=NOW)
    right = code_of(secret, NOW + timedelta(minutes=5))
    with pytest.raises(TooMany) as refused:
        give_code(esha, right, now=NOW + timedelta(minutes=5))
    assert refused.value.until == NOW + timedelta(hours=1)
    assert give_code(anil, code_of(his, NOW), now=NOW)
    later = NOW + timedelta(hours=1)
    assert give_code(esha, code_of(secret, later), now=later)


def test_too_many_tries_are_told_with_the_time(esha):
    secret = with_app(esha)
    browser = signed_in(esha, second_factor=False)
    for _try in range(10):
        assert browser.post(GIVE, {"code": "12345"}).status_code == 200
    answer = browser.post(GIVE, {"code": code_of(secret, clock.now())})
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3601
    assert re.search(r"try again at \d\d:\d\d", answer.content.decode())
    assert browser.get("/admin/").status_code == 302


def test_the_last_one_stays_and_removing_signs_other_browsers_out(esha):
    with_app(esha)
    browser, other = signed_in(esha), signed_in(esha)
    app = Authenticator.objects.get(user=esha, type="totp")
    page = browser.post(f"{MINE}{app.pk}/remove/").content.decode()
    assert "Add another one before" in page
    assert Authenticator.objects.filter(user=esha, type="totp").exists()
    key = Authenticator.objects.create(user=esha, type="webauthn", data={"name": "Phone", "credential": {}})
    assert "Phone" in browser.get(f"{MINE}{key.pk}/remove/").content.decode()
    assert browser.post(f"{MINE}{key.pk}/remove/").url == MINE
    assert browser.get("/admin/").status_code == 200
    assert other.get("/admin/").url.startswith(DESK)


def test_nobody_removes_the_factor_of_somebody_else(esha, anil):
    with_app(anil)
    with_app(esha)
    his = Authenticator.objects.get(user=anil, type="totp")
    assert signed_in(esha).post(f"{MINE}{his.pk}/remove/").status_code == 404
    with pytest.raises(WrongState):
        remove_factor(esha, his.pk, keep="", now=NOW)
    assert Authenticator.objects.filter(pk=his.pk).exists()


def test_an_app_is_kept_once(esha):
    with_app(esha, now=NOW)
    secret = fresh_secret()
    with pytest.raises(WrongState):
        add_app(esha, secret=secret, typed=code_of(secret, NOW), now=NOW)


def test_who_lost_everything_starts_anew_by_a_command_of_the_operator(esha, capsys):
    secret = with_app(esha)
    browser = signed_in(esha)
    call_command("forget_second_factor", "esha")
    assert "1 second factors are gone" in capsys.readouterr().out
    assert browser.get("/admin/").url.startswith(DESK)
    with pytest.raises(BadInput):
        give_code(esha, code_of(secret, NOW), now=NOW)
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="no account nobody"):
        call_command("forget_second_factor", "nobody")


def test_an_erased_officials_factors_go(anil):
    with_app(anil)
    erase_person(anil, by=anil, now=NOW)
    assert not Authenticator.objects.exists()
    assert forget_factors(anil, by=None, now=NOW) == 0


def test_a_demonstration_shows_the_code_and_a_real_site_does_not(esha, settings):
    secret = with_app(esha)
    assert "demonstration" not in signed_in(esha, second_factor=False).get(GIVE).content.decode()
    settings.DEMO_TOTP_SECRET = secret
    page = signed_in(esha, second_factor=False).get(GIVE).content.decode()
    assert re.search(r"shows <b>\d{6}</b> now", page)


def test_no_page_of_it_holds_an_inline_script_or_style(esha):
    with_app(esha)
    given, waits = signed_in(esha), signed_in(esha, second_factor=False)
    pages = [given.get(path) for path in (MINE, f"{MINE}app/", f"{MINE}passkey/", f"{MINE}codes/")]
    for answer in (*pages, waits.get(GIVE), Client().get(DESK)):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src=') + page.count("<script src=")


def test_every_official_of_the_tests_needs_one_and_no_citizen():
    for key, who in PEOPLE.items():
        somebody = signed_in(person(key), second_factor=False)
        wanted = GIVE if who.role or key == "root" else DESK
        assert somebody.get("/admin/").url.startswith(wanted), key

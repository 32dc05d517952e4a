"""Limits on codes and sign-ins: the same for everybody known and unknown, with the time at which it works again."""

import re
import threading
from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Tally
from accounts.services import forget_old_tallies
from accounts.verification.limits import WRONG_FACTORS, TooMany, count
from tests.accounts.letters import another
from tests.people import NOW, PASSWORD, address

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM, DESK = "/en/account/sign-in/", "/en/account/confirm/", "/en/account/sign-in/desk/"
WHEN = re.compile(r"try again at \d\d:\d\d")


def desk(name: str, password: str = "wrong", browser: Client | None = None):
    return (browser or Client()).post(DESK, {"name": name, "password": password, "next": "/admin/roles/"})


def told_when(answer) -> bool:
    waits = 3000 < int(answer["Retry-After"]) <= 3601
    return answer.status_code == 429 and waits and bool(WHEN.search(answer.content.decode()))


def test_the_seventh_code_in_an_hour_is_refused_with_the_time_and_what_was_typed(letters, asha):
    for to in (address("asha"), "nobody@people.example"):
        for _time in range(6):
            assert Client().post(SIGN_IN, {"address": to}).status_code == 302
        answer = Client().post(SIGN_IN, {"address": to, "next": "/en/ideas/"})
        assert told_when(answer)
        assert f'value="{to}"' in answer.content.decode()
        assert 'value="/en/ideas/"' in answer.content.decode()


def test_wrong_codes_from_one_network_are_counted_over_all_addresses(letters, commit, settings):
    settings.WRONG_TRIES_PER_NETWORK_AND_HOUR = 3
    for number in range(3):
        browser = Client()
        with commit():
            browser.post(SIGN_IN, {"address": f"p{number}@people.example"})
        browser.post(CONFIRM, {"code": another(letters[-1]["code"])})
    browser, elsewhere = Client(), Client(REMOTE_ADDR="198.51.100.7")
    for each in (browser, elsewhere):
        with commit():
            each.post(SIGN_IN, {"address": "last@people.example"})
        answer = each.post(CONFIRM, {"code": letters[-1]["code"]})
        if each is browser:
            assert told_when(answer)
            assert f'value="{letters[-1]["code"]}"' in answer.content.decode()
        else:
            assert answer.status_code == 302


def test_ten_wrong_passwords_and_the_name_rests_whether_we_know_it_or_not(esha):
    for name in ("esha", "nobody"):
        for _time in range(10):
            assert desk(name).status_code == 200
        answer = desk(name.upper() if name == "nobody" else name, PASSWORD)
        assert told_when(answer)
        page = answer.content.decode()
        assert "Sign in with a code instead" in page
        assert f'value="{name.upper() if name == "nobody" else name}"' in page
        assert 'value="/admin/roles/"' in page
        assert PASSWORD not in page


def test_wrong_passwords_from_one_network_are_counted_over_all_names(esha, settings):
    settings.WRONG_TRIES_PER_NETWORK_AND_HOUR = 3
    for name in ("one", "two", "three"):
        desk(name)
    assert told_when(desk("esha", PASSWORD))
    assert desk("esha", PASSWORD, Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_the_right_password_begins_the_count_anew(esha):
    for _round in range(2):
        for _time in range(9):
            desk("esha")
        assert desk("esha", PASSWORD).status_code == 302
    assert not Tally.objects.filter(kind="wrong_password").exists()


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer_for_the_same_work(esha, asha, monkeypatch):
    hashed = []
    hasher = hashers.get_hasher()
    real = type(hasher).encode
    monkeypatch.setattr(
        type(hasher), "encode", lambda self, *words, **more: hashed.append(1) or real(self, *words, **more)
    )
    desk("first-of-this-network")
    shapes = []
    for name in ("esha", "nobody", asha.username):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = desk(name)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        queries = [re.sub(r"\W.*", "", query["sql"]) for query in asked.captured_queries]
        shapes.append((answer.status_code, page.replace(f'value="{name}"', ""), queries, len(hashed)))
    assert shapes[0] == shapes[1] == shapes[2]
    assert shapes[0][3] == 1
    assert len(shapes[0][2]) > 3


def test_nobody_is_named_in_a_count_and_it_goes_when_its_hour_is_over(esha):
    desk("esha")
    rows = str(list(Tally.objects.values()))
    assert "esha" not in rows and "127.0.0" not in rows
    assert forget_old_tallies(now=NOW) == 0
    until = Tally.objects.order_by("-until").first().until
    assert forget_old_tallies(now=until) >= 2
    assert not Tally.objects.exists()


def test_an_hour_begins_with_the_first_try():
    for _time in range(10):
        count(WRONG_FACTORS, "1", now=NOW)
    with pytest.raises(TooMany) as refused:
        count(WRONG_FACTORS, "1", now=NOW + timedelta(minutes=59))
    assert refused.value.until == NOW + timedelta(hours=1)
    count(WRONG_FACTORS, "1", now=NOW + timedelta(hours=1))
    count(WRONG_FACTORS, "2", now=NOW)


def test_people_come_in_while_no_cache_answers(letters, commit, esha, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    browser = Client()
    with commit():
        assert browser.post(SIGN_IN, {"address": "asha@people.example"}).status_code == 302
    assert browser.post(CONFIRM, {"code": letters[0]["code"]}).status_code == 302
    assert desk("esha", PASSWORD).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_that_all_looked_before_any_was_counted_the_share_goes_through(together, monkeypatch):
    for _time in range(9):
        count(WRONG_FACTORS, "1", now=NOW)
    all_have_looked = threading.Barrier(8)
    look = Tally.objects.get_or_create

    def look_and_wait(**facts):
        found = look(**facts)
        all_have_looked.wait(timeout=60)
        return found

    monkeypatch.setattr(Tally.objects, "get_or_create", look_and_wait)

    def one(_number):
        try:
            count(WRONG_FACTORS, "1", now=NOW)
        except TooMany:
            return "refused"
        return "counted"

    results = together(8, one)
    assert sorted(results) == ["counted"] + ["refused"] * 7, results

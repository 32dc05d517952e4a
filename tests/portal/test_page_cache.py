"""A page that is the same for everybody is made once for a crowd; somebody's own page never is."""

from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from consultations.services import remove
from foundation import clock
from portal import page_cache
from portal.middleware import FOR_EVERYBODY
from portal.urls import urlpatterns as ours
from tests.factories.consultations import published_idea, released_consultation
from tests.people import signed_in

pytestmark = pytest.mark.django_db
made: list[str] = []


def counted(request: HttpRequest, how: str = "") -> HttpResponse:
    """A page that counts how often it was made."""
    made.append(request.get_full_path())
    response = HttpResponse(f"made {len(made)}")
    if how == "cookie":
        response.set_cookie("who", "asha")
        response["Cache-Control"] = FOR_EVERYBODY
    if how == "private":
        response["Cache-Control"] = "private"
    if how == "varies":
        response["Vary"] = "Accept-Language"
    if how == "gone":
        response.status_code = 404
    return response


urlpatterns = [
    path("en/counted/", counted),
    path("en/account/counted/", counted),
    path("en/counted/<str:how>/", counted),
    *ours,
]


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Any) -> None:
    settings.PAGE_CACHE_SECONDS, settings.DATA_DIR = 10, tmp_path
    settings.ROOT_URLCONF = "tests.portal.test_page_cache"
    cache.clear()
    made.clear()


def get(address: str, **more: Any) -> HttpResponse:
    return Client().get(address, **more)


def test_a_crowd_costs_one_page_with_all_its_headers():
    first, second = get("/en/counted/"), get("/en/counted/")
    assert len(made) == 1
    assert first.content == second.content
    assert second["Cache-Control"] == FOR_EVERYBODY
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Age"] == "0" and not first.has_header("Age")


@pytest.mark.parametrize("how", ["cookie", "private", "varies", "gone"])
def test_what_is_not_the_same_for_everybody_is_never_kept(how: str):
    get(f"/en/counted/{how}/")
    answer = get(f"/en/counted/{how}/")
    assert len(made) == 2
    assert not answer.has_header("Age")


def test_who_brings_a_cookie_or_a_key_gets_a_page_of_their_own(asha: Any):
    get("/en/counted/")
    signed_in(asha).get("/en/counted/")
    browser = Client()
    browser.cookies["theme"] = "dark"
    browser.get("/en/counted/")
    get("/en/counted/", headers={"authorization": "Bearer x"})
    Client().post("/en/counted/")
    assert len(made) == 5
    get("/en/counted/")
    assert len(made) == 5


def test_personal_addresses_are_never_kept():
    for _time in range(2):
        get("/en/account/counted/")
    assert len(made) == 2


def test_host_path_and_known_query_keys_are_told_apart_and_others_are_not_kept():
    for query in ("?page=2", "?page=3", "?page=2&order=supported"):
        for _time in range(2):
            get(f"/en/counted/{query}")
    assert len(made) == 3
    get("/en/counted/?page=2", headers={"host": "127.0.0.1"})
    assert len(made) == 4
    for query in ("?utm=x", "?page=2&utm=x", "?page=" + "9" * 300):
        for _time in range(2):
            get(f"/en/counted/{query}")
    assert len(made) == 10


def test_words_that_go_are_gone_from_the_kept_page_at_once(
    asha: Any, mohan: Any, django_capture_on_commit_callbacks: Any
):
    idea = published_idea(released_consultation(), asha, "A tap at the market")
    address = f"/en/ideas/{idea.key}/"
    assert b"A tap at the market" in get(address).content
    assert get(address).has_header("Age")
    with django_capture_on_commit_callbacks(execute=True):
        remove(idea, reason="personal_data", by=mohan.pk, now=clock.now())
    assert b"A tap at the market" not in get(address).content


def test_a_page_that_was_begun_before_a_change_is_not_kept_after_it(monkeypatch: pytest.MonkeyPatch):
    keep = page_cache._keep

    def changed_meanwhile(*words: Any) -> None:
        page_cache._forget()
        keep(*words)

    monkeypatch.setattr(page_cache, "_keep", changed_meanwhile)
    get("/en/counted/")
    get("/en/counted/")
    assert len(made) == 2


def test_when_its_time_is_over_one_request_makes_it_anew_and_the_crowd_is_not_kept_waiting(
    monkeypatch: pytest.MonkeyPatch,
):
    now = page_cache.time.time()
    monkeypatch.setattr(page_cache.time, "time", lambda: now)
    get("/en/counted/")
    now += 9
    assert get("/en/counted/")["Age"] == "9"
    now += 2
    in_between = []

    def meanwhile(request: HttpRequest) -> HttpResponse:
        in_between.append(get("/en/counted/"))
        return counted(request)

    answer = page_cache.PageCache(meanwhile)(in_between_request())
    assert (answer.content, in_between[0].content, in_between[0]["Age"]) == (b"made 2", b"made 1", "11")
    assert len(made) == 2


def test_an_older_page_is_not_given_after_a_change(monkeypatch: pytest.MonkeyPatch):
    now = page_cache.time.time()
    monkeypatch.setattr(page_cache.time, "time", lambda: now)
    get("/en/counted/")
    now += 11
    page_cache._forget()
    assert get("/en/counted/").content == b"made 2"


def in_between_request() -> HttpRequest:
    """As the test's browser asks for the counted page."""
    return RequestFactory().get("/en/counted/")


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "db.DatabaseCache"])
def test_a_cache_that_does_not_answer_costs_nobody_a_page(
    backend: str, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": "none"}}

    def broken(*words: Any, **more: Any) -> Any:
        raise ConnectionError("planted")

    for name in ("get_many", "set", "add", "delete"):
        monkeypatch.setattr(type(cache._connections["default"]), name, broken)
    for number in (1, 2):
        assert get("/en/counted/").content == f"made {number}".encode()
    page_cache._forget()

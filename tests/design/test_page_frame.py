"""The frame of every page: languages, direction, cookies, messages, and plain pages for errors."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from design import views
from foundation import slots


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def _frame(request: HttpRequest, **values: object) -> str:
    return engines["django"].from_string('{% extends "base.html" %}').render(values, request)


def _languages(page: str) -> dict[str, str]:
    strip = page[page.index('class="langs"') : page.index("</nav>")]
    return {code: address for address, code in re.findall(r'<a href="([^"]*)" lang="(\w+)"', strip)}


@pytest.mark.usefixtures("living")
def test_the_page_says_its_language_and_direction(client: Client) -> None:
    for code, direction in (("en", "ltr"), ("hi", "ltr"), ("ar", "rtl")):
        page = client.get(f"/{code}/design/").content.decode()
        assert f'<html lang="{code}" dir="{direction}">' in page


@pytest.mark.usefixtures("living")
def test_reading_sets_no_cookie_and_holds_no_token(client: Client) -> None:
    answer = client.get("/en/design/")
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


def test_the_living_page_is_not_there_unless_it_is_switched_on(rf: RequestFactory, settings: Any) -> None:
    with pytest.raises(Http404):
        views.page(rf.get("/en/design/"))
    settings.DEBUG = True
    assert views.page(rf.get("/en/design/")).status_code == 200


def test_language_links_keep_the_page_and_its_query(rf: RequestFactory) -> None:
    links = _languages(_frame(rf.get("/en/search/?q=tram&page=2")))
    assert links["hi"] == "/hi/search/?q=tram&amp;page=2"
    assert links["ar"] == "/ar/search/?q=tram&amp;page=2"


def test_language_links_lead_home_from_a_page_without_a_language(rf: RequestFactory) -> None:
    assert _languages(_frame(rf.get("/records/")))["hi"] == "/hi/"


def test_a_view_that_knows_its_translations_is_believed(rf: RequestFactory) -> None:
    page = _frame(rf.get("/en/water/taps/"), translations=[("hi", "/hi/jal/nal/")])
    assert _languages(page) == {"en": "/en/water/taps/", "hi": "/hi/jal/nal/", "ar": "/ar/water/taps/"}


def test_the_skip_link_comes_first_and_leads_to_the_main_part(rf: RequestFactory) -> None:
    page = _frame(rf.get("/en/"))
    assert re.search(r'<body>\s*<a class="skip" href="#main">', page)
    assert '<main id="main" tabindex="-1">' in page


def test_messages_come_as_toasts_to_those_who_brought_a_cookie(rf: RequestFactory, settings: Any) -> None:
    request = rf.get("/en/")
    request._messages = [Message(constants.SUCCESS, "Your support is counted.")]  # type: ignore[attr-defined]
    assert "Your support is counted." not in _frame(request)
    request.COOKIES["messages"] = "some"
    assert re.search(r'class="toast" role="status">.*Your support is counted\.', _frame(request), re.DOTALL)


def test_what_stands_in_the_masthead_comes_from_other_rooms(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots.put(
        "masthead.doors",
        template="components/door.html",
        context=lambda request: {"url": "/en/ideas/", "label": "Ideas", "current": True},
    )
    assert '<a href="/en/ideas/" aria-current="page">Ideas</a>' in _frame(rf.get("/en/ideas/"))


def test_an_error_page_says_what_happened_in_plain_words(rf: RequestFactory) -> None:
    words = {"status": 409, "title": "This has closed", "message": "It closed <on> Monday."}
    page = render_to_string("errors/plain.html", words, request=rf.get("/en/"))
    assert "<h1>This has closed</h1>" in page
    assert "It closed &lt;on&gt; Monday." in page
    assert "<title>This has closed - " in page


def test_when_the_house_is_broken_the_error_page_asks_no_other_room(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: HttpRequest) -> dict[str, object]:
        raise ConnectionError("the database is away")

    for place in ("masthead.doors", "masthead.me", "foot.take_part", "foot.other_ways", "page.alert"):
        slots.put(place, template="components/door.html", context=broken)
    words = {"status": 500, "title": "Something broke", "message": "Please try again."}
    assert "Something broke" in render_to_string("errors/plain.html", words, request=rf.get("/en/"))
    with pytest.raises(ConnectionError):
        render_to_string("errors/plain.html", {**words, "status": 404}, request=rf.get("/en/"))

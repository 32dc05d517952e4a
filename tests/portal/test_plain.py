"""Whatever is refused is told in plain words, in the look of the house, from 400 to 503."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from foundation.errors import OutsideError
from portal import views
from portal.plain import WORDS
from portal.urls import urlpatterns as ours

pytestmark = pytest.mark.django_db


def bare(request: HttpRequest, status: int) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Retry-After"] = "60"
    return answer


def worded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Not so fast", status=429, content_type="text/plain")


def too_much(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig("planted")


def outside(request: HttpRequest) -> HttpResponse:
    raise OutsideError("The post office is asleep.")


urlpatterns = [
    path("en/planted/bare/<int:status>/", bare),
    path("en/planted/worded/", worded),
    path("en/planted/too-much/", too_much),
    path("en/planted/outside/", outside),
    *ours,
]
handler400, handler403 = views.bad_request, views.not_allowed
handler404, handler500 = views.not_found, views.broken


@pytest.fixture
def planted(settings: Any) -> Iterator[Client]:
    """A browser on a house with pages that refuse."""
    settings.ROOT_URLCONF = "tests.portal.test_plain"
    yield Client(raise_request_exception=False, headers={"accept": "text/html", "accept-language": "en"})


@pytest.mark.parametrize("status", sorted(WORDS))
def test_a_bare_refusal_gets_words_and_keeps_its_number(planted: Client, status: int) -> None:
    answer = planted.get(f"/en/planted/bare/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{WORDS[status].title}</h1>" in page
    assert f"Error {status}" in page
    assert answer["Retry-After"] == "60"
    assert not answer.cookies


def test_what_only_takes_a_form_says_so_to_who_opens_it(client: Client) -> None:
    answer = client.get("/en/account/sign-out/", headers={"accept": "text/html"})
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "use the button on the page" in answer.content.decode()


def test_words_that_are_there_and_programs_are_left_alone(planted: Client) -> None:
    assert planted.get("/en/planted/worded/").content == b"Not so fast"
    program = planted.get("/en/planted/bare/405/", headers={"accept": "application/json"})
    assert (program.status_code, program.content) == (405, b"")
    refused = planted.post("/api/v1/consultations")
    assert "</html>" not in refused.content.decode()
    assert refused.status_code == 405


def test_too_much_at_once_is_413_and_says_that_the_words_are_still_there(planted: Client) -> None:
    answer = planted.get("/en/planted/too-much/")
    assert answer.status_code == 413
    assert "your words are still there" in answer.content.decode()


def test_a_form_larger_than_we_take_is_told_so(planted: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = planted.post(
        "/en/account/sign-in/", {"address": "a" * 2000}, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413


def test_a_page_that_is_not_there_can_be_looked_for_and_leads_on(client: Client) -> None:
    page = client.get("/en/nothing-here/").content.decode()
    assert '<form class="find" method="get" action="/en/search/"' in page
    assert 'href="/en/consultations/"' in page
    assert "noindex" in page


def test_an_outside_failure_is_a_page_without_other_rooms(planted: Client) -> None:
    page = planted.get("/en/planted/outside/")
    assert page.status_code == 503
    assert "The post office is asleep." in page.content.decode()
    assert 'class="doors"' not in page.content.decode()


def test_the_page_for_the_server_in_front_asks_nobody_and_speaks_each_language(settings: Any) -> None:
    page = Path(settings.BASE_DIR, "deploy/away.html").read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=|url\(|@import", page)
    for code, _name in settings.LANGUAGES:
        assert f'lang="{code}"' in page
    assert len(page.encode()) < 6_000

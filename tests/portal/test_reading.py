"""Reading without a cookie: the same page for everybody, kept for seconds, with the strict policy on every answer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import path

from accounts.models import Person
from foundation.errors import WrongState
from portal import views
from portal.middleware import ADMIN_POLICY, FOR_EVERYBODY, FOR_ONE, FOR_ONE_AND_NOT_KEPT
from portal.urls import urlpatterns as ours
from tests.factories.consultations import released_consultation
from tests.people import PASSWORD, signed_in

pytestmark = pytest.mark.django_db


def breaks(request: object) -> None:
    raise RuntimeError("planted")


def has_moved_on(request: object) -> None:
    raise WrongState("It has moved on.")


urlpatterns = [path("planted/breaks/", breaks), path("planted/moved-on/", has_moved_on), *ours]
handler400, handler403 = views.bad_request, views.not_allowed
handler404, handler500 = views.not_found, views.broken


@pytest.fixture
def planted(settings: Any) -> Iterator[Client]:
    """A browser on a house with pages that break."""
    settings.ROOT_URLCONF = "tests.portal.test_reading"
    yield Client(raise_request_exception=False)


PUBLIC = [
    "/en/", "/hi/", "/en/consultations/", "/ar/consultations/", "/en/consultations/closed/", "/en/outcomes/",
    "/en/ideas/", "/hi/ideas/", "/en/posts/", "/en/moderation/", "/en/record/", "/outreach/feed.atom",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_reading_sets_no_cookie_and_may_be_kept_for_seconds(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "max-age=" in answer["Cache-Control"] and "private" not in answer["Cache-Control"]
    assert b"csrfmiddlewaretoken" not in answer.content


def test_a_consultation_is_the_same_page_for_everybody(client: Client) -> None:
    answer = client.get(released_consultation().page.get_url())
    assert answer.status_code == 200 and not answer.cookies
    assert answer["Cache-Control"] == FOR_EVERYBODY
    assert "Cookie" not in answer.get("Vary", "")


def test_who_brought_a_cookie_gets_a_page_of_their_own(asha: Person) -> None:
    answer = signed_in(asha).get("/en/consultations/")
    assert answer["Cache-Control"] == FOR_ONE
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", ["/en/account/sign-in/", "/hi/voice/", "/en/voice/abc/", "/admin/login/"])
def test_personal_pages_are_never_kept(client: Client, address: str) -> None:
    assert client.get(address)["Cache-Control"] == FOR_ONE_AND_NOT_KEPT


def test_a_page_that_is_not_there_is_not_kept_for_others(client: Client) -> None:
    answer = client.get("/en/nothing-here/")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == FOR_ONE


def test_who_signs_in_or_out_forgets_the_pages_read_without_a_name(anil: Person, client: Client) -> None:
    form = {"name": anil.username, "password": PASSWORD}
    came = client.post("/en/account/sign-in/desk/", form)
    assert came.status_code == 302
    assert came["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get("/en/consultations/")
    assert client.post("/admin/logout/")["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/", 200),
        ("/", 302),
        ("/healthz", 200),
        ("/en/nothing-here/", 404),
        ("/en/consultations", 301),
        ("/planted/breaks/", 500),
        ("/planted/moved-on/", 409),
        ("/static/design/css/samvad.css", 200),
    ],
)
def test_every_answer_carries_the_strict_policy(planted: Client, address: str, status: int) -> None:
    answer = planted.get(address)
    assert answer.status_code == status
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    b"".join(answer)


def test_a_host_that_is_not_ours_is_answered_plainly_with_the_policy(planted: Client) -> None:
    answer = planted.get("/en/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"We could not read that" in answer.content
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_the_admin_needs_is_allowed_under_admin_alone(planted: Client, anil: Person) -> None:
    for browser in (planted, signed_in(anil)):
        assert browser.get("/admin/")["Content-Security-Policy"] == ADMIN_POLICY
    for address in ("/administrator/", "/en/admin/", "/admin"):
        assert planted.get(address)["Content-Security-Policy"] != ADMIN_POLICY


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/nothing-here/", 404, "This page is not here"),
        ("/hi/nothing-here/", 404, "This page is not here"),
        ("/planted/breaks/", 500, "Something broke on our side"),
        ("/planted/moved-on/", 409, "It has moved on."),
    ],
)
def test_errors_are_plain_pages(planted: Client, address: str, status: int, words: str) -> None:
    answer = planted.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status
    assert f"Error {status}" in answer.content.decode() or "/hi/" in address
    assert b"</html>" in answer.content and b"Traceback" not in answer.content
    if "/hi/" not in address:
        assert words in answer.content.decode()


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/account/sign-in/", {"address": "a@b.example"})
    assert answer.status_code == 403
    assert b"open too long" in answer.content


def test_400_and_403_say_what_happened_in_plain_words(rf: RequestFactory) -> None:
    for view, status, words in (
        (views.bad_request, 400, b"We could not read that"),
        (views.not_allowed, 403, b"You may not do this"),
    ):
        answer = view(rf.get("/"))
        assert answer.status_code == status and words in answer.content


def test_the_page_for_a_fault_needs_no_database(
    planted: Client, asha: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for somebody who is signed in, whose session stands in the database."""
    planted.force_login(asha)

    def gone(*args: object, **kwargs: object) -> None:
        raise DatabaseError("the database is gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        for address in ("/planted/breaks/", "/en/consultations/"):
            answer = planted.get(address)
            assert answer.status_code == 500
            assert b"Something broke on our side" in answer.content
            assert b"</html>" in answer.content
        assert planted.get("/healthz").status_code == 503


def test_health_is_asked_of_the_database_and_never_kept(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_pictures_of_editors_are_served_and_papers_of_organisations_are_not(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "papers/2026/01"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "steps.jpg").write_bytes(b"picture")
    shown = client.get("/media/images/steps.jpg")
    assert b"".join(shown.streaming_content) == b"picture"
    assert shown["Cache-Control"] == "public, max-age=86400"
    for place in (
        "papers/2026/01/steps.jpg",
        "images/../papers/2026/01/steps.jpg",
        "images/none.jpg",
    ):
        assert client.get(f"/media/{place}").status_code in (400, 404)

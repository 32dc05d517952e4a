"""Codes by text message: offered where a gateway is set, sent once, and honest when the gateway says no."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from accounts.models import ContactPoint, Person, TextMessage
from accounts.queries import addresses_of
from accounts.services import ask_for_code, confirm_code, erase_person, open_account, send_texts
from accounts.services.profile import ask_to_add, confirm_addition
from accounts.services.texts import put_text, send_text
from accounts.verification._gateways import hand_over
from accounts.verification.base import method_for, methods
from foundation import clock
from foundation.errors import BadInput, OutsideError
from notifications.models import Letter
from tests.people import NOW, signed_in

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM = "/en/account/sign-in/", "/en/account/confirm/"
NUMBER = "+919876543210"


@pytest.fixture
def texts(settings, tmp_path):
    """What was sent, oldest first: the stand-in writes files."""
    settings.SMS_URL = f"file://{tmp_path}/texts"

    def sent() -> list[dict[str, str]]:
        return [json.loads(path.read_text()) for path in sorted((tmp_path / "texts").glob("*.json"))]

    return sent


class Gateway:
    """A gateway on loopback that answers with the statuses it is told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *words: object) -> None:
                """Says nothing."""

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append({**body, **{key.lower(): value for key, value in self.headers.items()}})
                self.send_response(outer.answers.pop(0) if outer.answers else 202)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    running = Gateway()
    settings.SMS_URL = f"http://s%40cret@{running.host}/v1/send?unicode=1"
    settings.SMS_SENDER, settings.HTTP_ALLOW_PRIVATE = "SAMVAD", [running.host]
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.mark.parametrize(
    "typed",
    ["98765 43210", "098765-43210", "+91 98765 43210", "0091 9876543210", "919876543210", "(98765) 43210",
     "९८७६५ ४३२१०", "\u202a+91\u00a098765\u00a043210\u202c", "９８７６５４３２１０"],
)  # fmt: skip
def test_one_number_in_many_spellings_is_one(typed):
    assert methods["sms"].canonical(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "12", "+0123456789", "98765a43210", "1" * 16, "+"])
def test_what_is_no_number_is_said_plainly(typed):
    with pytest.raises(BadInput) as refusal:
        methods["sms"].deliverable(typed)
    assert "number" in str(refusal.value)


def test_another_country_and_numbers_from_abroad(settings):
    settings.PHONE_COUNTRY = "44"
    assert methods["sms"].deliverable("07700 900123") == "+447700900123"
    assert methods["sms"].deliverable("+1 202 555 0123") == "+12025550123"


def test_without_a_gateway_a_number_is_not_offered(client, settings):
    settings.SMS_URL = ""
    assert method_for(NUMBER).key == "email"
    page = client.get(SIGN_IN).content.decode()
    assert "mobile" not in page
    assert "e-mail address with an @ sign" in client.post(SIGN_IN, {"address": NUMBER}).content.decode()
    assert not TextMessage.objects.exists()


def test_somebody_signs_in_with_a_mobile_number(client, texts, letters, commit):
    assert "or mobile number" in client.get(SIGN_IN).content.decode()
    with commit():
        assert client.post(SIGN_IN, {"address": "98765 43210"}).url == CONFIRM
    assert [each["to"] for each in texts()] == [NUMBER]
    assert NUMBER in client.get(CONFIRM).content.decode()
    code = letters[-1]["code"]
    assert code in texts()[0]["text"]
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    point = ContactPoint.objects.get()
    assert (point.kind, point.address) == ("sms", NUMBER)
    assert not TextMessage.objects.exists()
    assert not Letter.objects.exists()


def test_known_and_unknown_numbers_get_the_same_answer(texts, commit):
    open_account(NUMBER, now=NOW, method="sms")
    answers = []
    for to in (NUMBER, "+919876500000"):
        browser = Client()
        with commit():
            answer = browser.post(SIGN_IN, {"address": to})
        answers.append((answer.status_code, answer.url, sorted(browser.session.keys())))
    assert answers[0] == answers[1]
    assert len(texts()) == 2


def test_a_number_is_added_to_an_account_and_letters_still_go_to_the_mailbox(asha, texts, letters, commit):
    with commit():
        ask_to_add(asha, "98765 43210", browser="b", network="", language="hi", now=clock.now())
    confirm_addition(asha, letters[-1]["code"], browser="b", network=None, now=clock.now())
    assert addresses_of(asha) == ["asha@people.example"]
    assert NUMBER in signed_in(asha).get("/en/account/").content.decode()


def test_the_gateway_is_asked_with_its_token_and_a_key_that_stays(gateway):
    hand_over(NUMBER, "शब्द", key="samvad-1")
    (asked,) = gateway.asked
    assert (asked["to"], asked["text"], asked["from"]) == (NUMBER, "शब्द", "SAMVAD")
    assert asked["authorization"] == "Bearer s@cret"
    assert asked["idempotency-key"] == "samvad-1"


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_is_kept_and_told_on_the_page_and_never_tried_again(gateway, client, commit, status):
    gateway.answers = [status]
    with commit():
        client.post(SIGN_IN, {"address": NUMBER})
    assert len(gateway.asked) == 1
    assert "text message did not leave" in client.get(CONFIRM).content.decode()
    assert send_texts(now=clock.now() + timedelta(minutes=2)) == 0
    assert len(gateway.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again_with_the_same_key_until_the_code_is_old(
    gateway, client, commit, status
):
    gateway.answers = [status]
    with commit():
        client.post(SIGN_IN, {"address": NUMBER})
    assert "did not leave" in client.get(CONFIRM).content.decode()
    assert send_texts(now=clock.now()) == 0
    assert send_texts(now=clock.now() + timedelta(minutes=6)) == 1
    assert len({asked["idempotency-key"] for asked in gateway.asked}) == 1
    assert len(gateway.asked) == 2
    assert "did not leave" not in client.get(CONFIRM).content.decode()


def test_a_message_is_forgotten_with_its_code(texts):
    put_text(address=NUMBER, code="123456", language="en", minutes=10, now=NOW)
    assert send_texts(now=NOW + timedelta(minutes=10)) == 0
    assert not TextMessage.objects.exists()
    assert texts() == []


def test_neither_number_nor_code_stands_in_the_row(settings):
    settings.SMS_URL = "file:///nowhere"
    put_text(address=NUMBER, code="482913", language="en", minutes=10, now=NOW)
    row = str(TextMessage.objects.values().get())
    assert "9876543210" not in row and "482913" not in row


def test_a_newer_message_replaces_the_one_that_waits(texts):
    put_text(address=NUMBER, code="111111", language="en", minutes=10, now=NOW)
    put_text(address=NUMBER, code="222222", language="hi", minutes=10, now=NOW)
    assert send_texts(now=NOW) == 1
    assert ["222222" in text["text"] for text in texts()] == [True]


def test_a_message_is_taken_by_one_worker(texts):
    number = put_text(address=NUMBER, code="111111", language="en", minutes=10, now=NOW)
    TextMessage.objects.update(state="attempting", lease_until=NOW + timedelta(seconds=30))
    assert not send_text(number, now=NOW)
    assert texts() == []


def test_a_folder_that_cannot_be_written_is_no_success(settings):
    settings.SMS_URL = "file:///proc/nothing/here"
    with pytest.raises(OutsideError):
        hand_over(NUMBER, "x", key="k")
    settings.SMS_URL = "gopher://x"
    with pytest.raises(OutsideError):
        hand_over(NUMBER, "x", key="k")


def test_an_erased_persons_messages_go(texts, letters, commit):
    with commit():
        ask_for_code(NUMBER, browser="b", network="", language="en", now=NOW, method="sms")
    somebody = confirm_code(letters[-1]["code"], browser="b", now=NOW)
    put_text(address=NUMBER, code="111111", language="en", minutes=10, now=NOW)
    erase_person(somebody, by=somebody, now=NOW)
    assert not TextMessage.objects.exists()
    assert not ContactPoint.objects.exists()
    assert Person.objects.get().erased_at

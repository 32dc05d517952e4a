"""Asking costs no cookie, changes nothing, has its measure, and describes itself."""

import pytest
from django.test import Client

from api.asking import ByNetwork
from api.urls import v1

ADDRESSES = ("consultations", "openapi.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_sets_no_cookie_and_is_the_same_for_everybody(row, address):
    answer = Client().get(f"/api/v1/{address}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_session_changes_nothing_of_the_answer(row, said, root):
    browser = Client()
    browser.force_login(root)
    for address in ("consultations", f"consultations/{row.translation_key}/contributions"):
        assert browser.get(f"/api/v1/{address}").json() == Client().get(f"/api/v1/{address}").json()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(row, method):
    for address in ("consultations", f"consultations/{row.translation_key}"):
        assert getattr(Client(), method)(f"/api/v1/{address}").status_code == 405


def test_its_addresses_lead_to_help_without_scripts_or_say_where_help_is(db):
    for address in ("/api/", "/api/v1/", "/api/v1/docs"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/en/data/")
        assert Client(headers={"accept-language": "hi"}).get(address)["Location"] == "/hi/data/"
        assert "Accept-Language" in answer["Vary"]
    for address in ("/api/v1/votes", "/api/v2/", "/api/v1/consultations.xml"):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "openapi.json" in answer.json()["message"]


def test_one_network_has_its_measure_and_another_is_not_kept_out(row, monkeypatch):
    (throttle,) = [found for found in v1.throttle if isinstance(found, ByNetwork)]
    monkeypatch.setattr(throttle, "num_requests", 2)

    def ask(network):
        return Client(REMOTE_ADDR=network).get("/api/v1/consultations").status_code

    assert [ask("10.1.1.1"), ask("10.1.1.99"), ask("10.1.1.1")] == [200, 200, 429]
    assert ask("10.1.2.1") == 200
    refused = Client(REMOTE_ADDR="10.1.1.1").get("/api/v1/agencies.csv")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Please wait" in refused.json()["message"]

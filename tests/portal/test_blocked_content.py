"""Browsers tell what our content policy made them refuse; it is counted, and nobody is found by it."""

import json

import pytest
from django.urls import reverse

from foundation import blocked
from foundation.models import BlockedContent

pytestmark = pytest.mark.django_db


def old_form(**body):
    told = {
        "document-uri": "http://testserver/en/consultations/?code=K7QM",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/track.js?person=asha",
        **body,
    }
    return json.dumps({"csp-report": told})


def send(client, body, kind="application/csp-report"):
    return client.post("/blocked-content/", body, content_type=kind)


def kept():
    return list(BlockedContent.objects.values_list("directive", "blocked", "page", "times"))


def test_a_report_is_counted_without_address_or_query(client):
    for _again in range(3):
        assert send(client, old_form()).status_code == 204
    assert kept() == [("script-src-elem", "https://evil.example", "consultations:index", 3)]


def test_the_code_of_a_receipt_is_not_kept(client):
    address = "http://testserver" + reverse("consultations:voice", args=["K7QM4TZ2"])
    send(client, old_form(**{"document-uri": address, "blocked-uri": "inline"}))
    assert kept() == [("script-src-elem", "inline", "consultations:voice", 1)]


def test_the_newer_form_is_read_too(client):
    body = {"documentURL": "http://testserver/en/", "effectiveDirective": "img-src", "blockedURL": "data"}
    assert send(client, json.dumps([{"type": "csp-violation", "body": body}]), "application/reports+json")
    assert [row[:2] for row in kept()] == [("img-src", "data")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[1]", 400),
        ('{"csp-report": 7}', 400),
        ("\x00", 400),
        (old_form(**{"document-uri": "https://elsewhere.example/"}), 204),
        (old_form(**{"document-uri": "http://[broken"}), 204),
        (old_form(**{"effective-directive": "<script>"}), 204),
        ("x" * (blocked.LARGEST + 1), 413),
    ],
)
def test_what_is_no_report_of_ours_leaves_nothing(client, body, status):
    assert send(client, body).status_code == status
    assert kept() == []


def test_a_flood_of_invented_reports_fills_nothing(client, monkeypatch):
    monkeypatch.setattr(blocked, "MOST_KINDS", 5)
    for number in range(9):
        send(client, old_form(**{"blocked-uri": f"https://{number}.example/"}))
    assert len(kept()) == 5


def test_our_pages_and_the_admin_name_the_place_for_reports(client):
    for address in ("/en/", "/admin/login/"):
        assert "report-uri /blocked-content/" in client.get(address, follow=True)["Content-Security-Policy"]

"""Anybody may read the register: a page in words, the whole of it as a file."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from records import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def fill() -> None:
    services.enter("agency_opened", agency="water")
    services.enter("contributions_decided", agency="water", published=4, rejected=1, reasons={"spam": 1})
    services.enter("wording_approved", agency="water", language="hi", sha256="ab" * 32)
    services.chain(NOW)


@pytest.mark.parametrize(
    ("language", "reasons", "fingerprint"),
    [
        ("en", "by reason: spam 1", "fingerprint of the words: abababababab…"),
        ("hi", "कारण के अनुसार: spam 1", "शब्दों की डिजिटल छाप: abababababab…"),
        ("ar", "بحسب السبب: \u2068spam 1\u2069", "بصمة الكلمات: \u2068abababababab…\u2069"),
    ],
)
def test_the_page_tells_the_newest_lines_in_words(
    client: Client, language: str, reasons: str, fingerprint: str
) -> None:
    fill()
    page = client.get(f"/{language}/record/")
    assert page.status_code == 200
    text = page.content.decode()
    assert reasons in text
    assert fingerprint in text
    assert services.head().hash[:32] in text
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert "csrf" not in text
    assert len(page.content) < 60_000


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get(reverse("records:index"))
    assert "There is no line yet" in page.content.decode()


def test_a_full_page_stays_small_and_asks_the_database_little(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        services.enter("batch_taken_in", agency="water", accepted=number, sha256=f"{number:064x}")
    services.chain(NOW)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(reverse("records:index"))
    assert page.content.decode().count("A batch of voices was taken in") == 51
    assert len(page.content) < 60_000


def test_the_address_without_a_language_leads_to_the_page(client: Client) -> None:
    assert client.get("/records/").headers["Location"] == "/en/record/"


def test_files_are_sent_as_files_and_only_read(client: Client) -> None:
    fill()
    for name, type_ in (("ndjson", "application/x-ndjson"), ("verify", "text/x-python; charset=utf-8")):
        answer = client.get(reverse(f"record_files:{name}"))
        assert answer.headers["Content-Type"] == type_
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(b"".join(answer.streaming_content)) > 300
        assert not answer.cookies
        assert client.post(reverse(f"record_files:{name}")).status_code == 405


def test_the_way_to_the_register_is_at_the_foot_of_every_page(client: Client) -> None:
    page = client.get(reverse("records:index")).content.decode()
    assert f'<a href="{reverse("records:index")}">The public register</a>' in page.partition("<footer")[2]

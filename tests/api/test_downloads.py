"""Every public list and every page of one thing leads to itself as data, and to what the fields mean."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from consultations.models import AgencyPage, Topic
from tests.factories.consultations import close, released_outcome
from tests.factories.voices import asked_in_every_way


def links(address):
    """The addresses of the files and of the help that a page leads to."""
    page = Client().get(address)
    assert page.status_code == 200, address
    words = page.content.decode()
    found = re.search(r'<nav class="wrap" aria-label="This page as data">(.*?)</nav>', words)
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', found[1])] if found else []


def test_every_public_list_and_page_leads_to_its_data(row, said):
    released_outcome(close(asked_in_every_way("Answered")))
    Topic.objects.get_or_create(slug="water", defaults={"title": "Water"})
    agency = AgencyPage.objects.live().filter(locale__language_code="en").first()
    outcome = row.__class__.objects.get(title="Answered").outcomes.get().page
    pages = [
        *(
            reverse(f"consultations:{name}")
            for name in ("index", "upcoming", "closed", "answered", "outcomes")
        ),
        reverse("consultations:answers", args=[row.translation_key]),
        reverse("ideas:index"),
        reverse("ideas:detail", args=[said["idea"].key]),
        reverse("posts:index"),
        reverse("records:index"),
        reverse("cms:topics"),
        reverse("cms:topic", args=["water"]),
        reverse("cms:you_said"),
        row.page.get_url(),
        outcome.get_url(),
        agency.get_url(),
    ]
    for page in pages:
        *files, help_page = links(page)
        assert any(".csv" in file for file in files), page
        assert any(".csv" not in file and ".ndjson" not in file for file in files), page
        for file in files:
            answer = Client().get(file)
            assert answer.status_code == 200, (page, file)
            if answer.streaming:
                assert len(b"".join(answer)) > 0 or "ndjson" in file
        assert Client().get(help_page).status_code == 200


def test_a_narrowed_list_leads_to_the_same_narrowed(row):
    files = links(reverse("consultations:index") + "?agency=water&topic=%22%3E&page=1")
    assert "/api/v1/consultations.csv?state=open&agency=water&topic=%22%3E&language=en" in files


def test_other_pages_lead_to_no_data(db):
    for address in ("/en/search/", "/en/data/", "/en/account/sign-in/", "/en/"):
        assert links(address) == []


def test_what_stands_behind_a_restriction_is_in_no_answer(ask, row, said):
    PageViewRestriction.objects.create(page=row.page, restriction_type=PageViewRestriction.LOGIN)
    assert ask("consultations")[1]["items"] == ask("contributions")[1]["items"] == []
    for path in (f"consultations/{row.translation_key}", f"contributions/{said['idea'].key}"):
        assert ask(path)[0] == 404
    assert ask(f"consultations/{row.translation_key}/contributions")[0] == 404


@pytest.mark.parametrize("key", ["nonsense", "consultations-csv"])
def test_there_is_no_help_for_what_there_is_not(client, db, key):
    assert client.get(f"/en/data/{key}/").status_code == 404

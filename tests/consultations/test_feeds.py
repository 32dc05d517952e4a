"""Following without an account: Atom feeds and calendar files of all, of an agency, about a topic, of one."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from consultations.models import Consultation
from tests.consultations.looks import read
from tests.factories import consultations as made
from tests.people import THEIRS

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def several(db: None) -> dict[str, Consultation]:
    made.topic("water", hi="पानी")
    pipes = made.released_consultation(title="Pipes, pumps; and \\ wells", topics=["water"])
    made.released_translation(pipes, "hi", {"title": "पाइप"})
    benches = made.released_consultation(title="Benches", agency=made.opened_agency(THEIRS), topics=["parks"])
    return {"pipes": pipes, "benches": benches}


def entries(name: str, *place: str, language: str = "en") -> list[ElementTree.Element]:
    address = reverse(f"consultations:{name}", args=place).replace("/en/", f"/{language}/")
    response = Client().get(address)
    assert response.status_code == 200 and not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def events(name: str, *place: str, language: str = "en") -> list[dict]:
    response = Client().get(reverse(f"consultations:{name}", args=place).replace("/en/", f"/{language}/"))
    assert response.status_code == 200 and not response.cookies
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def titles(found: list[ElementTree.Element]) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in found]


def test_a_feed_of_all_of_an_agency_and_about_a_topic(several):
    assert sorted(titles(entries("feed"))) == ["Benches", several["pipes"].title]
    assert titles(entries("agency_feed", THEIRS)) == ["Benches"]
    assert titles(entries("topic_feed", "water")) == [several["pipes"].title]
    assert titles(entries("topic_feed", "water", language="hi")) == ["पाइप"]
    for name in ("agency_feed", "topic_feed", "agency_calendar", "topic_calendar"):
        assert Client().get(reverse(f"consultations:{name}", args=["none"])).status_code == 404


def test_an_entry_says_what_it_is_and_is_new_again_when_it_is_answered(several):
    row = several["pipes"]
    (entry,) = entries("topic_feed", "water")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{row.translation_key}"
    assert "Open for answers until" in str(entry.findtext(f"{ATOM}summary"))
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Nadipur Water Board"
    assert [c.get("term") for c in entry.findall(f"{ATOM}category")] == ["Water"]
    link = entry.find(f"{ATOM}link")
    assert link is not None and str(link.get("href")).startswith("http")
    before = str(entry.findtext(f"{ATOM}updated"))

    made.released_outcome(made.close(row, ago=timedelta(hours=1)))
    (entry,) = entries("topic_feed", "water")
    assert str(entry.findtext(f"{ATOM}updated")) > before
    assert "Answered on" in str(entry.findtext(f"{ATOM}summary"))
    assert titles(entries("feed"))[0] == row.title


def test_what_was_withdrawn_is_in_no_feed_and_no_calendar(several):
    Consultation.objects.filter(pk=several["pipes"].pk).update(withdrawn_at=several["pipes"].opens_at)
    assert titles(entries("feed")) == ["Benches"]
    assert len(events("calendar")) == 3
    key = several["pipes"].translation_key
    assert Client().get(reverse("consultations:dates", args=[key])).status_code == 404


def test_a_calendar_holds_when_it_opens_closes_and_is_answered(several):
    row = several["pipes"]
    found = events("dates", row.translation_key)
    assert [str(event["summary"]) for event in found] == [
        f"Opens: {row.title}",
        f"Closes: {row.title}",
        f"Answer promised: {row.title}",
    ]
    moments = [event.decoded("dtstart") for event in found]
    assert moments == [
        row.opens_at.replace(microsecond=0),
        row.closes_at.replace(microsecond=0),
        row.answer_due_on,
    ]
    assert len({str(event["uid"]) for event in found}) == 3
    assert all(str(event["url"]).startswith("http") for event in found)


def test_calendars_of_an_agency_and_about_a_topic(several):
    assert len(events("calendar")) == 6
    assert {str(event["summary"]).split(": ")[1] for event in events("agency_calendar", THEIRS)} == {
        "Benches"
    }
    hindi = events("topic_calendar", "water", language="hi")
    assert len(hindi) == 3 and all("पाइप" in str(event["summary"]) for event in hindi)


def test_a_feed_costs_the_same_for_one_and_for_many():
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            entries("feed")
            events("calendar")
        return len(captured)

    made.released_consultation(title="One", topics=["water"])
    cost()
    few = cost()
    for number in range(2):
        made.released_translation(
            made.released_consultation(title=f"More {number}", topics=["water", "parks"])
        )
    assert cost() == few


def test_lists_and_the_agency_lead_to_their_feed_and_calendar(several):
    for address, place in (
        (reverse("consultations:index"), "/en/consultations/"),
        (reverse("consultations:index", query={"topic": "water"}), "/en/consultations/about/water/"),
        (reverse("consultations:index", query={"agency": THEIRS}), f"/en/consultations/of/{THEIRS}/"),
        (f"/en/{THEIRS}/", f"/en/consultations/of/{THEIRS}/"),
    ):
        page = read(address)
        assert (
            f'<link rel="alternate" type="application/atom+xml" title="Consultations" href="{place}feed.atom">'
            in page
        )
        assert f'href="{place}calendar.ics"' in page
    row = several["pipes"]
    assert reverse("consultations:dates", args=[row.translation_key]) in read(row.page.specific.url)

"""The lists: what one can answer, what is announced, weighed, answered, and the outcomes."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations import queries
from consultations.models import Consultation
from foundation import clock
from tests.consultations.looks import read
from tests.factories import consultations as made

pytestmark = pytest.mark.django_db


def count_queries(address: str) -> int:
    Client().get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        Client().get(address)
    return len(captured)


def test_each_state_has_a_page_of_its_own_with_its_count():
    made.released_consultation(title="Ferries in winter")
    made.released_consultation(title="Clinics", opens=timedelta(days=3), closes=timedelta(days=9))
    weighed = made.close(made.released_consultation(title="Bus stops"))
    answered = made.close(made.released_consultation(title="Canal water"))
    made.released_outcome(answered)

    shown = {
        name: read(reverse(f"consultations:{name}")) for name in ("index", "upcoming", "closed", "answered")
    }

    assert "Ferries in winter" in shown["index"]
    assert "Clinics" in shown["upcoming"]
    assert weighed.title in shown["closed"]
    assert "Canal water" in shown["answered"]
    for name, title in (
        ("index", "Clinics"),
        ("upcoming", "Ferries"),
        ("closed", "Canal"),
        ("answered", "Bus stops"),
    ):
        assert title not in shown[name]
    assert queries.counts(clock.now()) == {"open": 1, "upcoming": 1, "closed": 1, "answered": 1, "overdue": 0}


def test_a_late_answer_is_said_on_the_lists():
    late = made.close(made.released_consultation(title="Bus stops"))
    Consultation.objects.filter(pk=late.pk).update(answer_due_on=clock.day(clock.now()) - timedelta(days=12))

    assert "12 days late" in read(reverse("consultations:closed"))
    assert "promised earlier" in read(reverse("consultations:outcomes"))
    assert list(queries.overdue_consultations(clock.now())) == [late]


def test_the_number_of_queries_does_not_grow_with_the_list():
    made.released_consultation(title="One")
    few = count_queries(reverse("consultations:index"))
    for number in range(2):
        made.released_translation(made.released_consultation(title=f"More {number}"))
    assert count_queries(reverse("consultations:index")) == few
    assert "More 1" in read(reverse("consultations:index"))


def test_the_number_of_queries_does_not_grow_with_the_outcomes():
    made.released_outcome(made.close(made.released_consultation(title="One")))
    few = count_queries(reverse("consultations:outcomes"))
    for number in range(2):
        made.released_outcome(made.close(made.released_consultation(title=f"More {number}")))
    assert count_queries(reverse("consultations:outcomes")) == few


def test_a_title_is_in_the_readers_language_or_says_which_it_is():
    translated = made.released_consultation(title="Water at night")
    made.released_translation(translated, "hi", {"title": "रात में पानी"})
    made.released_consultation(title="Ferries in winter")

    page = read("/hi/consultations/")

    assert "रात में पानी" in page
    assert "Water at night" not in page
    assert '<a href="/en/' in page
    assert ' lang="en" dir="ltr">Ferries in winter' in page


def test_an_empty_list_says_so_and_shows_a_way_on():
    made.opened_agency()
    assert "Nothing is open at this moment" in read(reverse("consultations:index"))
    assert "Nothing was answered yet" in read(reverse("consultations:outcomes"))


def test_an_agency_shows_what_it_asks_and_how_soon_it_answers():
    row = made.released_consultation(title="Ferries in winter")
    page = read(f"/en/{row.agency.slug}/")
    assert "Ferries in winter" in page
    assert "It answers within" in page and "60 days" in page


def test_a_list_of_hundreds_stays_light():
    made.opened_agency()
    row = made.released_consultation(title="A rather long title of a consultation " * 4)
    for _number in range(25):
        copy = Consultation.objects.get(pk=row.pk)
        copy.pk, copy.translation_key = None, uuid.uuid4()
        copy.save()
    page = read(reverse("consultations:index"))
    assert "1 to 20 of 26" in page


def test_every_page_leads_to_the_lists_and_to_the_receipt():
    page = read(reverse("consultations:index"))
    for name in ("outcomes", "closed", "find_voice"):
        assert f'href="{reverse(f"consultations:{name}")}"' in page

"""An agency's page: what it asks and owes, how it keeps its days, and that it is opened only as a whole."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Agency
from cms.models import HomePage
from consultations.models import AgencyPage, Consultation
from consultations.queries import promptness
from foundation import clock
from tests.consultations.looks import read
from tests.factories.consultations import close, opened_agency, released_consultation, released_outcome
from tests.people import person, signed_in

pytestmark = pytest.mark.usefixtures("site")


def test_it_shows_what_is_open_weighed_answered_and_late():
    released_consultation(title="Ferries")
    late = close(released_consultation(title="Canal"), ago=timedelta(days=9))
    Consultation.objects.filter(pk=late.pk).update(answer_due_on=clock.day(clock.now() - timedelta(days=2)))
    released_outcome(close(released_consultation(title="Bridges"), ago=timedelta(days=3)))
    Agency.objects.update(contact="4 Ferry Road")
    page = read(f"/en/{late.agency.slug}/")
    for words in ("Ferries", "Canal", "Bridges", "2 days late", "1 answer is late now.", "4 Ferry Road"):
        assert words in page
    assert "1 of 2" in page and "3 days on average" in page
    assert f'href="/en/consultations/overdue/?agency={late.agency.slug}"' in page


def test_before_the_first_answer_there_is_no_average():
    agency = opened_agency()
    found = promptness(clock.now(), agency)
    assert (found.due, found.kept, found.late_now, found.days) == (0, 0, 0, None)
    page = read(f"/en/{agency.slug}/")
    assert "It has not asked anything yet" in page
    assert "average" not in page and " of 0" not in page


def test_a_page_of_an_agency_is_not_offered_at_the_desk():
    home = HomePage.objects.get(locale__language_code="en")
    desk = signed_in(person("pavan"))
    offered = desk.get(f"/admin/pages/{home.pk}/add_subpage/").content.decode()
    assert "cms/standardpage" in offered
    assert "consultations/agencypage" not in offered
    assert desk.get(f"/admin/pages/add/consultations/agencypage/{home.pk}/").status_code in (302, 403, 404)
    assert not AgencyPage.objects.exists()
    assert Client().get("/en/").status_code == 200

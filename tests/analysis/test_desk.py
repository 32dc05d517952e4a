"""The analyst's list: what has no answer yet in front, found by words of the title, page by page, at one price."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analysis import services
from analysis.views import desk
from consultations.models import Consultation
from foundation import clock
from tests.factories import consultations as made
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/analysis/"


def test_the_list_is_ordered_searched_and_costs_the_same_for_many(monkeypatch):
    costs, browser = [], None
    for title in ("Ferries in winter", "Bread and salt", "Trees"):
        row = made.close(made.released_consultation(title=title))
        services.ask_for_run(row, by=None, now=clock.now())
        browser = browser or signed_in(person("lata"))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(LIST).content.decode()
        costs.append(len(queries))
    assert costs[1] == costs[2]
    Consultation.objects.filter(title="Ferries in winter").update(answered_at=clock.now())
    page = browser.get(LIST).content.decode()
    assert page.index("Bread and salt") < page.index("Trees") < page.index("Ferries in winter")
    found = browser.get(LIST, {"q": "bread"}).content.decode()
    assert "Bread and salt" in found and "Trees" not in found
    assert "is called so" in browser.get(LIST, {"q": "\x00<b>"}).content.decode()
    monkeypatch.setattr(desk, "VOICES_A_PAGE", 1)
    assert "?page=2&amp;q=r" in browser.get(LIST, {"q": "r"}).content.decode()

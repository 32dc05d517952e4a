"""The public page: the closed list, the promise, the ways to somebody else; the same for everybody."""

from django.urls import reverse

from accounts.models import Agency
from foundation import clock
from moderation import services
from moderation.reasons import REASONS
from tests.factories.consultations import opened_agency, released_consultation
from tests.moderation.conftest import case_for

PAGE = "moderation:policy"


def test_every_reason_stands_there_and_criticism_is_none(client, asked):
    page = client.get(reverse(PAGE)).content.decode()
    for reason in REASONS.values():
        assert str(reason.words).replace("'", "&#x27;") in page
    assert "Criticism is never a reason" in page
    assert not any("critic" in code or "insult" in code for code in REASONS)


def test_each_open_consultation_says_how_and_how_soon(client, asked, at_once):
    Agency.objects.update(moderation_hours=6)
    page = client.get(reverse(PAGE)).content.decode()
    assert "read before it is shown, decided within 6 hours" in page
    assert "shown at once, read within 6 hours" in page
    assert asked.title in page and at_once.title in page


def test_reading_sets_no_cookie_and_costs_the_same_for_many(
    client, asked, asha, mohan, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(30) as captured:
            page = client.get(reverse(PAGE))
        assert page.status_code == 200 and not page.cookies and "Cookie" not in page.get("Vary", "")
        return len(captured)

    services.decide(case_for(asked, asha), by=mohan, verdict="publish", now=clock.now())
    cost()
    few = cost()
    for number in range(2):
        released_consultation(title=f"More {number}", agency=opened_agency("parks"))
    assert cost() == few <= 12


def test_appeals_flags_and_chance_are_explained(client, db, settings):
    del settings.REVIEWED_UNASKED_PERCENT
    page = client.get(reverse(PAGE)).content.decode()
    assert "can appeal once, in their own words" in page and "within 14 days" in page
    assert "3 flags bring it back" in page and "5 in a hundred" in page
    assert reverse("moderation:figures") in page and "Call" not in page.split("<footer")[0]


def test_the_foot_of_every_page_leads_there(client, asked):
    assert reverse(PAGE) in client.get("/en/ideas/").content.decode()

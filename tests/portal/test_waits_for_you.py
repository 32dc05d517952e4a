"""The admin's home says to each official what waits for them, the overdue first, and to nobody what is others' to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import moderation.services
from accounts.models import Person
from cms.models import HomePage
from consultations.models import Consultation
from foundation import clock
from foundation.desk import waiting_for
from moderation.models import Case
from notifications.models import Letter
from outreach import services as outreach
from outreach.models import ChannelAccount
from tests.factories.consultations import close, draft_page, open_idea, opened_agency, released_consultation
from tests.people import OFFICIALS, make_agency, person, signed_in

pytestmark = pytest.mark.django_db


def waits(key: str) -> dict[str, tuple[int, int]]:
    """What waits for somebody: how many, and how many of them too late."""
    return {
        str(line.words): (line.number, line.overdue)
        for line in waiting_for(person(key, agency=make_agency()), clock.now())
    }


def waiting_page(title: str, writer: Person, *, agency=None):
    page = draft_page(title=title, agency=agency, editor=writer)
    page.get_workflow().start(page, writer)
    return page


@pytest.fixture
def asked():
    return released_consultation()


def test_a_page_waits_for_its_agencys_approver_unless_they_wrote_in_it(asked, esha, anil):
    page = waiting_page("Canals", esha)
    assert waits("anil")["Pages to approve"] == (1, 0)
    for other in ("esha", "greta", "pavan", "priya", "lata", "root"):
        assert "Pages to approve" not in waits(other), other
    home = signed_in(anil).get("/admin/").content.decode()
    assert f"/admin/approvals/{page.pk}/" in home
    waiting_page("By the approver", anil)
    assert waits("anil")["Pages to approve"] == (1, 0)


def test_a_page_of_the_centre_waits_for_a_platform_administrator(asked, pavan, root):
    home = HomePage.objects.filter(locale__language_code="en").first()
    assert home is not None
    home.save_revision(user=root)
    home.get_workflow().start(home, root)
    assert waits("pavan")["Pages to approve"] == (1, 0)
    assert "Pages to approve" not in waits("anil")


def test_words_wait_for_the_moderator_the_late_ones_are_named(asked, ben, asha):
    open_idea(asked, ben)
    open_idea(asked, asha, "A tap at the school")
    moderation.services.run_due(clock.now())
    late = Case.objects.order_by("pk")[0]
    Case.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(hours=1))
    assert waits("mohan")["Words to moderate"] == (2, 1)
    for other in ("omana", "esha", "greta", "pavan"):
        assert "Words to moderate" not in waits(other), other


def test_a_closed_consultation_waits_for_analyst_and_editor(asked):
    assert waits("esha") == waits("lata") == {}
    close(asked)
    assert waits("lata") == {"Consultations to analyse": (1, 0)}
    assert waits("esha") == {"Consultations to answer": (1, 0)}
    Consultation.objects.update(answer_due_on=clock.day(clock.now() - timedelta(days=2)))
    assert waits("lata") == {"Consultations to analyse": (1, 1)}
    assert waits("esha") == {"Consultations to answer": (1, 1)}
    assert waits("greta") == waits("mohan") == {}
    Consultation.objects.update(answered_at=clock.now())
    assert waits("esha") == waits("lata") == {}


def test_a_post_waits_for_its_writer_then_for_a_second_person(priya, paul, agency):
    now = clock.now()
    ChannelAccount.objects.create(
        agency=agency, channel="console", name="Log", languages=["en"], connected_at=now
    )
    post = outreach.draft(agency, by=priya, title="The bridge", now=now)
    for version in post.versions.all():
        outreach.edit(version, by=priya, title="The bridge", text="It stays open.", now=now)
    assert waits("priya") == waits("dev") == {"Posts to word and send for approval": (1, 0)}
    outreach.submit_for_approval(post, by=priya, now=now)
    assert waits("paul")["Posts to approve"][0] == waits("anil")["Posts to approve"][0] == 1
    assert waits("priya") == waits("dev") == waits("greta") == {}
    for version in post.versions.all():
        outreach.edit(version, by=paul, title="The bridge", text="It stays open, for now.", now=now)
    outreach.submit_for_approval(post, by=priya, now=now)
    assert "Posts to approve" not in waits("paul")
    assert waits("anil")["Posts to approve"][0] == 1
    assert f"/admin/posts/{post.pk}/" in signed_in(person("anil")).get("/admin/").content.decode()


def test_an_account_that_is_ill_and_a_stop_that_somebody_asked_to_end_wait(priya, dev, agency):
    now = clock.now()
    ChannelAccount.objects.create(
        agency=agency, channel="console", name="Log", connected_at=now, ill_since=now
    )
    assert waits("priya") == {"Accounts that do not work": (1, 1)}
    stop = outreach.stop(by=priya, reason="wrong figure", now=now)
    outreach.start(stop, by=priya, now=now)
    assert "Stops that somebody asked to end" not in waits("priya")
    assert waits("dev")["Stops that somebody asked to end"] == (1, 0)
    assert waits("pavan") == {"Stops that somebody asked to end": (1, 0)}
    assert waits("lata") == {}


def test_letters_that_are_stuck_wait_for_the_centre(pavan):
    Letter.objects.create(
        occasion="receipt", thing="response:1", language="en", message_id="m1", state=Letter.State.UNKNOWN,
        created_at=clock.now(),
    )  # fmt: skip
    assert waits("pavan") == {"Letters that are stuck": (1, 1)}
    assert waits("anil") == {}


def test_the_overdue_stand_first(asked, esha, anil, lata):
    waiting_page("Canals", esha)
    close(asked)
    Consultation.objects.update(answer_due_on=clock.day(clock.now() - timedelta(days=2)))
    Case.objects.all().delete()
    found = [bool(line.overdue) for who in (esha, anil, lata) for line in waiting_for(who, clock.now())]
    assert found == [True, False, True]


def test_what_it_costs_does_not_grow_with_what_waits(asked, esha, anil):
    agency = opened_agency()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            waiting_for(anil, clock.now())
        return len(asked_for)

    waiting_page("One", esha, agency=agency)
    cost()
    few = cost()
    for number in range(2):
        waiting_page(f"More {number}", esha, agency=agency)
    assert waits("anil")["Pages to approve"] == (3, 0)
    assert cost() == few


@pytest.mark.parametrize("key", OFFICIALS)
def test_everybody_at_the_desk_has_the_list(key):
    home = signed_in(person(key)).get("/admin/").content.decode()
    assert "Waits for you" in home
    assert "Nothing waits for you now." in home


def test_where_no_script_draws_the_menu_its_links_stand_below(mohan, esha):
    homes = {key: signed_in(person(key)).get("/admin/").content.decode() for key in ("mohan", "esha")}
    links = {key: home.partition("<noscript><nav")[2].partition("</nav>")[0] for key, home in homes.items()}
    assert 'href="/admin/moderation/"' in links["mohan"]
    assert 'href="/admin/moderation/"' not in links["esha"]

"""The frame of every page: lines that administrators choose, other ways to take part, and an alert while it stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import HomePage, Navigation, NavigationLine, StandardPage
from foundation import clock
from tests.cms.test_pages import below, home
from tests.factories.consultations import approve_and_publish
from tests.people import person, signed_in


def read(path="/en/consultations/"):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def put(page, place):
    navigation = Navigation.load()
    return NavigationLine.objects.create(navigation=navigation, place=place, page=page)


@pytest.fixture
def about(site):
    """A page in English and in Hindi."""
    english = below(home(), StandardPage(title="About us", slug="about"))
    hindi = StandardPage(title="हमारे बारे में", slug="about", translation_key=english.translation_key)
    below(home("hi"), hindi)
    return english


def released(**words):
    page = home()
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision(user=person("pavan"))
    return approve_and_publish(page, editor=person("pavan"), approver=person("omana"))


def test_a_chosen_page_stands_in_its_place_in_each_language_in_which_it_is(about):
    put(about, "our_side")
    english, hindi, arabic = (read(f"/{code}/consultations/") for code in ("en", "hi", "ar"))
    assert '<a href="/en/about/">About us</a>' in english
    assert '<a href="/hi/about/">हमारे बारे में</a>' in hindi
    assert "/ar/about/" not in arabic


def test_the_last_door_is_a_page_and_says_when_one_is_behind_it(about):
    put(about, "door")
    doors, behind = (read(path).partition("<main")[0] for path in ("/en/consultations/", "/en/about/"))
    assert '<a href="/en/about/">About us</a>' in doors
    assert '<a href="/en/about/" aria-current="page">About us</a>' in behind


def test_a_page_that_is_not_released_stands_nowhere(site):
    put(below(home(), StandardPage(title="A draft", slug="draft"), released=False), "door")
    assert "A draft" not in read()


def test_a_page_stands_once_in_a_place(about):
    put(about, "door")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(about, "door")


def test_one_administrator_may_order_pages_and_nobody_else(about):
    address = f"/admin/settings/cms/navigation/{Navigation.load().pk}/"
    desk = signed_in(person("pavan"))
    assert desk.get(address).status_code == 200
    lines = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    form = {f"lines-{name}": value for name, value in lines.items()}
    form |= {"lines-0-place": "door", "lines-0-page": str(about.pk), "lines-0-ORDER": "1", "lines-0-id": ""}
    assert desk.post(address, form).status_code == 302
    assert NavigationLine.objects.get().page_id == about.pk
    assert signed_in(person("mohan")).get(address).status_code in (302, 403)


def test_other_ways_to_take_part_are_words_of_the_opening_page_that_two_people_released(site):
    assert "every day, 8 am to 8 pm" in read()
    page = home()
    page.other_ways = "Write to 4 Ferry Road."
    page.save_revision(user=person("pavan"))
    assert "4 Ferry Road" not in read()
    approve_and_publish(page, editor=person("pavan"), approver=person("omana"))
    assert "<p>Write to 4 Ferry Road.</p>" in read()
    assert "4 Ferry Road" not in read("/hi/consultations/")


def test_an_alert_stands_above_every_page_until_its_time_and_in_its_own_language(site, time_machine):
    until = clock.now() + timedelta(hours=5)
    released(alert_title="Boil your water", alert_text="Until we say it is safe.", alert_until=until)
    page = read()
    assert page.index("Boil your water") < page.index("<header>")
    assert '<div lang="en" dir="ltr"><h2>Boil your water</h2>' in read("/ar/")
    time_machine.move_to(until + timedelta(seconds=1))
    assert "Boil your water" not in read()


def test_an_alert_says_what_to_do_and_until_when(site):
    page = home()
    page.alert_title = "Boil your water"
    with pytest.raises(ValidationError, match="until when"):
        page.clean()


def test_the_frame_costs_the_same_for_one_line_and_for_many(about):
    put(about, "our_side")
    read()
    with CaptureQueriesContext(connection) as one:
        read()
    for number in range(2):
        put(below(home(), StandardPage(title=f"Page {number}", slug=f"p{number}")), "take_part")
    read()
    with CaptureQueriesContext(connection) as many:
        read()
    assert len(many) == len(one)
    assert HomePage.objects.count() == 3

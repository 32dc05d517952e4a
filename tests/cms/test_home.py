"""The opening page: what is open, what closes soon, what became of it; the same for everybody who only reads."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import Site

from cms.models import HomePage
from cms.queries import numbers
from consultations.models import Consultation
from foundation import clock
from tests.factories.consultations import approve_and_publish, close, released_consultation
from tests.people import person


def read(path="/en/"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_front_door_leads_to_the_readers_language(site):
    assert Client().get("/")["Location"] == "/en/"
    assert Client().get("/", headers={"accept-language": "hi-IN,hi"})["Location"] == "/hi/"
    assert 'dir="rtl"' in read("/ar/")


def test_an_empty_site_says_that_nothing_is_open_and_invents_no_number(site):
    page = read()
    assert "Nothing is open at this moment." in page
    assert "of 0" not in page
    assert "Closing soon" not in page
    assert "Latest outcomes" not in page
    assert "How it works" in page


def test_a_living_site_shows_what_closes_what_is_open_and_what_became_of_it(living):
    page = read()
    closing, rest = page.split('id="open"')[0], page.split('id="open"')[1]
    for row in living[:3]:
        assert closing.count(escape(row.title)) == 2
    for row in living[3:]:
        assert escape(row.title) in rest
    assert "Shunting now stops at 10 pm. The wall is funded." in page
    assert "Most of you asked for a second bus." in page
    assert "Quieter nights near the goods yard" in page


def test_each_number_is_asked_of_the_rows_and_says_its_moment(living):
    now = clock.now()
    found = numbers(now)
    assert (found.open, found.taken_part, found.kept, found.due, found.late_now) == (5, 4, 2, 2, 0)
    assert found.as_of == Consultation.objects.order_by("counted_at").first().counted_at
    page = read()
    assert "2 of 2" in page
    assert "As of" in page


def test_a_late_answer_is_counted_as_due_and_can_be_found(living):
    late = close(released_consultation(title="Late"), ago=timedelta(days=9))
    Consultation.objects.filter(pk=late.pk).update(answer_due_on=clock.day(clock.now() - timedelta(days=2)))
    page = read()
    assert "2 of 3" in page
    assert "See the 1 that is late" in page


def test_in_another_language_what_is_not_translated_says_in_which_it_is(living):
    page = read("/hi/")
    assert "रात में पानी" in page
    assert 'lang="en" dir="ltr">Shade, seats' in page
    assert 'lang="en" dir="ltr">What became of it: Shorter ways to school' in page
    assert "trio" not in page


def test_reading_it_sets_no_cookie_and_is_the_same_for_everybody(living):
    answer = Client().get("/en/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert len(answer.content) < 40_000


def test_the_number_of_queries_does_not_grow_with_what_there_is(living):
    read()
    with CaptureQueriesContext(connection) as before:
        read()
    for number in range(2):
        released_consultation(title=f"Another {number}", closes=timedelta(days=3 + number))
    with CaptureQueriesContext(connection) as after:
        read()
    assert len(after) == len(before) <= 25


def test_its_words_change_when_a_second_platform_administrator_approves_and_not_before(site):
    home = HomePage.objects.get(locale__language_code="en")
    writer, other = person("pavan"), person("omana")
    home.headline = "Your city asks"
    home.save_revision(user=writer)
    assert "Your city asks" not in read()
    approve_and_publish(home, editor=writer, approver=other)
    assert '<h1 id="first">Your city asks</h1>' in read()


def test_it_is_the_root_of_the_default_site_in_every_language(site):
    root = Site.objects.get(is_default_site=True).root_page.specific
    assert isinstance(root, HomePage)
    assert {page.locale.language_code for page in root.get_translations(inclusive=True)} == {"en", "hi", "ar"}
    assert HomePage.objects.filter(title="Samvad").count() == 3

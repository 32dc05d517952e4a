"""The way out: from the mail program by POST alone, or by one button on a page."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.services import erase_person
from consultations.services import reject
from notifications import services
from notifications.leaving import leave_url, person_of, token_for
from notifications.models import Preference
from notifications.queries import wants_letters
from tests.factories.consultations import open_idea
from tests.people import signed_in


def stop(person):
    return reverse("notifications:unsubscribe", args=[token_for(person.pk)])


def test_a_mail_program_stops_the_letters_without_cookie_sign_in_or_redirect(asha):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        leave_url(asha.pk).removeprefix("http://localhost:8000"), {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert not answer.cookies
    assert not wants_letters(asha.pk)


def test_looking_at_the_page_stops_nothing_and_sets_no_cookie(asha):
    answer = Client().get(stop(asha))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    assert page.count("<button") == 1
    assert wants_letters(asha.pk)
    assert "no-store" in answer["Cache-Control"]


def test_one_press_stops_them_and_another_brings_them_back(asha):
    page = Client().post(stop(asha)).content.decode()
    assert "You get no letters from us" in page
    assert not wants_letters(asha.pk)
    assert Preference.objects.count() == 1
    Client().post(stop(asha), {"want": "yes"})
    assert wants_letters(asha.pk)
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("token", ["1", "1.x", "x.y.z", "%00", "a" * 3000, "1%2Ex"])
def test_a_made_up_address_is_not_found_and_changes_nothing(asha, token):
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/en/letters/stop/{token}/").status_code == 404
    assert not Preference.objects.exists()


def test_a_token_opens_nothing_but_this_one_wish(asha, ben):
    """Neither for somebody else, nor as a sign-in: the address is the only place that reads it."""
    token = token_for(asha.pk)
    assert person_of(token) == asha.pk
    assert person_of(token.replace(str(asha.pk), str(ben.pk), 1)) is None
    browser = Client()
    browser.post(stop(asha))
    assert browser.get(reverse("accounts:home")).status_code == 302


def test_a_change_of_the_secret_key_keeps_old_letters_good(asha, settings):
    token = token_for(asha.pk)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-" * 8, [settings.SECRET_KEY]
    assert person_of(token) == asha.pk


def test_who_stopped_them_gets_receipts_and_no_decisions(consultation, asha, now):
    services.want_letters(asha.pk, wanted=False, now=now)
    idea = open_idea(consultation, asha)
    services.run_due(now)
    assert [letter.subject for letter in mail.outbox] == ["We have your words: Water at night"]
    reject(idea, reason="spam", by=None, now=now)
    assert services.run_due(now)["cancelled"] == 1
    assert len(mail.outbox) == 1


def test_ones_own_page_says_what_one_gets_and_leads_to_the_change(asha, now):
    page = signed_in(asha).get(reverse("accounts:home")).content.decode()
    assert stop(asha) in page
    assert "You asked for no letters" not in page
    services.want_letters(asha.pk, wanted=False, now=now)
    assert "You asked for no letters" in signed_in(asha).get(reverse("accounts:home")).content.decode()


def test_an_erased_person_is_told_plainly_that_nothing_comes_any_more(asha, now):
    address = stop(asha)
    erase_person(asha, by=asha, now=now)
    assert Client().post(address).status_code == 404
    assert not Preference.objects.exists()

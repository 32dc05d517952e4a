"""Readying a new site: everything that is needed is made once, and nothing is released alone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Site, WorkflowPage

from accounts.models import Membership, Person
from cms.models import HomePage, StandardPage
from consultations.services import open_agency
from foundation import clock
from tests.factories.consultations import approve_and_publish
from tests.people import person, signed_in


def set_up(**options):
    out = io.StringIO()
    call_command("set_up", stdout=out, **options)
    return out.getvalue()


def test_a_new_site_is_made_and_what_was_made_is_said(db):
    said = set_up(languages="en,hi")
    assert "Languages: hi." in said
    assert "/home/accessibility/" in said
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "hi"}
    assert HomePage.objects.count() == WorkflowPage.objects.count() == 2
    assert (StandardPage.objects.count(), StandardPage.objects.live().count()) == (4, 0)
    assert StandardPage.objects.values("translation_key").distinct().count() == 2


def test_running_it_again_changes_nothing_and_says_so(db):
    set_up()
    assert set_up() == "Everything was there already.\n"
    assert HomePage.objects.count() == 3


def test_the_site_learns_its_address(db, settings):
    settings.PUBLIC_URL = "https://samvad.example"
    set_up()
    assert Site.objects.get().root_url == "https://samvad.example"


def test_the_first_administrator_can_come_in_and_appoint(db, monkeypatch):
    monkeypatch.setenv("FIRST_PASSWORD", "nine-white-herons-at-dawn")
    said = set_up(admin="first", address="first@gov.example", password_env="FIRST_PASSWORD")
    assert "first runs the platform." in said
    first = Person.objects.get(username="first")
    assert first.check_password("nine-white-herons-at-dawn")
    assert not first.is_superuser
    assert Membership.objects.get().role == "platform_admin"
    assert signed_in(first).get("/admin/").status_code == 200
    assert "first runs" not in set_up(admin="first", address="first@gov.example")
    assert open_agency(name="Water Board", by=first, now=clock.now()).slug == "water-board"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"admin": "first"}, "--address"),
        ({"admin": "first", "address": "a@b.example", "password_env": "NOT_THERE"}, "NOT_THERE"),
        ({"admin": "first", "address": "nowhere"}, "e-mail address"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_made(db, options, words):
    with pytest.raises(CommandError, match=words):
        set_up(**options)
    assert not Person.objects.filter(username="first").exists()
    assert HomePage.objects.count() == 1


def test_nobody_holds_publish_and_administrators_may_write(db):
    set_up()
    held = GroupPagePermission.objects.values_list("group__name", "permission__codename").distinct()
    assert set(held) == {("centre:platform_admin", "add_page"), ("centre:platform_admin", "change_page")}


def test_a_standing_page_is_released_by_two_administrators_and_stands_in_the_foot(db):
    set_up()
    page = StandardPage.objects.get(slug="privacy", locale__language_code="en")
    approve_and_publish(page, editor=person("pavan"), approver=person("omana"))
    words = Client().get("/en/privacy/").content.decode()
    assert "drawn anew for each consultation" in words
    assert '<a href="/en/privacy/">Privacy</a>' in words


def test_an_administrator_can_write_a_standing_page_at_the_desk(db):
    set_up()
    desk = signed_in(person("pavan"))
    home = HomePage.objects.get(locale__language_code="en")
    page = desk.get(f"/admin/pages/add/cms/standardpage/{home.pk}/")
    assert page.status_code == 200
    assert "action-publish" not in page.content.decode()
    assert desk.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
    assert signed_in(person("mohan")).get(f"/admin/pages/{home.pk}/edit/").status_code in (302, 403)

"""The welcome page becomes ours in place, and back again."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.models import HomePage
from tests.consultations import drafts

pytestmark = pytest.mark.django_db(transaction=True)


def kinds():
    return set(Page.objects.filter(depth=2).values_list("content_type__model", flat=True))


@pytest.fixture
def welcome(transactional_db):
    """A site whose top page is a plain one, as Wagtail makes it."""
    call_command("migrate", "cms", "0001", verbosity=0)
    drafts.site()
    yield Site.objects.get(is_default_site=True).root_page
    call_command("migrate", "cms", verbosity=0)


def test_the_page_keeps_its_key_its_address_and_its_site_in_each_language(welcome):
    assert kinds() == {"page"}
    call_command("migrate", "cms", verbosity=0)
    assert kinds() == {"homepage"}
    assert Site.objects.get(is_default_site=True).root_page_id == welcome.pk
    assert {page.title for page in HomePage.objects.all()} == {"Samvad"}
    assert HomePage.objects.get(pk=welcome.pk).slug == welcome.slug
    assert HomePage.objects.count() == 2
    call_command("migrate", "cms", "0001", verbosity=0)
    assert kinds() == {"page"}
    assert Page.objects.filter(pk=welcome.pk).exists()

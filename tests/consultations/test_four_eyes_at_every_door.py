"""Every door by which Wagtail publishes, tried by the author, the approver and a superuser: it releases nothing."""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasPermissionError
from wagtail.actions.publish_page_revision import PublishPagePermissionError, PublishPageRevisionAction
from wagtail_localize.models import Translation, TranslationSource

from consultations.models import Consultation, ConsultationPage
from consultations.models.approved import ApprovedPage
from foundation.errors import NotAllowed
from tests.consultations import drafts
from tests.factories import kept_rows

pytestmark = pytest.mark.django_db

PRESSED = {"action-publish": "1"}


@pytest.fixture
def agency():
    return drafts.agency_with_pages()


@pytest.fixture
def here(agency, esha, anil):
    """A released page, and another that is Esha's draft."""

    def make():
        return drafts.released(agency, esha, anil).pk, drafts.draft(agency, esha, title="New canal").pk

    released, draft = map(page_of, kept_rows.again("a released page and a draft", make))
    return SimpleNamespace(agency=agency, released=released, draft=draft)


def page_of(number):
    return ConsultationPage.objects.get(pk=number)


def edit(here, who):
    address = reverse("wagtailadmin_pages:edit", args=[here.draft.pk])
    drafts.signed_in(who).post(address, drafts.form_of(here.draft, **PRESSED))


def create(here, who):
    parent = drafts.agency_page(here.agency)
    address = reverse("wagtailadmin_pages:add", args=["consultations", "consultationpage", parent.pk])
    words = drafts.form_of(here.draft, title="Newer canal", slug="newer-canal", **PRESSED)
    drafts.signed_in(who).post(address, words)


def bulk(here, who):
    drafts.signed_in(who).post(f"/admin/bulk/wagtailcore/page/publish/?id={here.draft.pk}")


def schedule(here, who):
    soon = timezone.now() + timedelta(hours=1)
    words = drafts.form_of(
        here.draft, go_live_at=timezone.localtime(soon).strftime("%Y-%m-%d %H:%M"), **PRESSED
    )
    drafts.signed_in(who).post(reverse("wagtailadmin_pages:edit", args=[here.draft.pk]), words)
    with time_machine.travel(soon + timedelta(hours=1), tick=False):
        call_command("publish_scheduled")


def copy(here, who, **more):
    parent = drafts.agency_page(here.agency)
    words = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk, "publish_copies": "on"}
    drafts.signed_in(who).post(reverse("wagtailadmin_pages:copy", args=[here.released.pk]), words | more)
    here.released.copy(update_attrs={"slug": "other"}, keep_live=True, user=who)


def alias(here, who):
    copy(here, who, alias="on")
    with suppress(CreatePageAliasPermissionError):
        here.released.create_alias(update_slug="of-theirs", user=who)
    here.released.create_alias(update_slug="of-nobody")


def localize(here, who):
    hindi = drafts.agency_page(here.agency, "hi").locale
    source, _new = TranslationSource.update_or_create_from_instance(here.released)
    translation = Translation.objects.create(source=source, target_locale=hindi)
    with suppress(NotAllowed):
        translation.save_target(user=who, publish=True)
    translation.save_target(user=who, publish=False)
    made = here.released.get_translation(hindi)
    drafts.signed_in(who).post(reverse("wagtailadmin_pages:edit", args=[made.pk]), {"action": "publish"})


def shell(here, who):
    revision = here.draft.get_latest_revision()
    for publish in (
        lambda: revision.publish(user=who),
        lambda: here.draft.publish(revision, user=who, skip_permission_checks=True),
        PublishPageRevisionAction(revision, user=who).execute,
    ):
        with suppress(NotAllowed, PermissionDenied, PublishPagePermissionError):
            publish()


def by_hand(here, who):
    ConsultationPage.objects.filter(pk=here.draft.pk).update(live=True, owner=who)


LEFT_LIVE = (alias, by_hand)
"""Code alone makes these live, and it asks nothing; whoever comes there finds no page."""


@pytest.mark.parametrize("who", ["esha", "anil", "root"])
@pytest.mark.parametrize("door", [edit, create, bulk, schedule, copy, alias, localize, shell, by_hand])
def test_no_door_releases(here, door, who, request, client):
    door(here, request.getfixturevalue(who))
    live = list(ConsultationPage.objects.filter(live=True))
    assert live == [here.released] or door in LEFT_LIVE
    assert [page for page in live if client.get(page.get_url()).status_code == 200] == [here.released]
    row = Consultation.objects.get()
    assert row.translation_key == here.released.translation_key
    assert {wording.language for wording in row.wordings.all()} == {"en"}


def kinds(of=ApprovedPage):
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_kind_of_page_keeps_the_same_doors_shut():
    """What is tried above on one kind holds for all: none has a door, or a way to be shown, of its own."""
    ways = ("publish", "copy", "save_revision", "permissions_for_user", "approval_of", "is_approved")
    own = [
        f"{kind.__name__}.{way}"
        for kind in kinds()
        for way in ways
        if getattr(kind, way) is not getattr(ApprovedPage, way)
    ]
    assert not own
    assert len(list(kinds())) >= 7

"""Nothing is released without an approval of exactly those words by somebody who did not write them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupPagePermission
from wagtail_localize.models import Translation, TranslationSource

from accounts.roles import Role
from accounts.services import appoint
from consultations.models import Consultation, ConsultationPage
from consultations.services import ensure_workflow
from foundation.errors import NotAllowed
from foundation.models import Approval
from tests.consultations import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return drafts.agency_with_pages()


def nothing_released():
    return not ConsultationPage.objects.filter(live=True).exists() and not Consultation.objects.exists()


def test_the_second_person_releases_and_registers_at_once(agency, esha, anil):
    page = drafts.released(agency, esha, anil)
    row = Consultation.objects.get()
    assert (page.live, row.translation_key, row.agency) == (True, page.translation_key, agency)
    approval = Approval.objects.get()
    assert (approval.submitted_by, approval.approved_by) == (esha.pk, anil.pk)
    assert set(row.wordings.values_list("approval_id", flat=True)) == {approval.pk}


def test_nobody_publishes_in_the_edit_view(agency, esha, anil, root):
    for who in (esha, anil, root):
        page = drafts.draft(agency, esha, title=f"Of {who.pk}")
        response = drafts.signed_in(who).post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            drafts.form_of(page, **{"action-publish": "1"}),
        )
        assert response.status_code in (200, 302)
        assert nothing_released()


def test_nobody_creates_and_publishes(agency, esha, root):
    parent = drafts.agency_page(agency)
    for number, who in enumerate((esha, root)):
        sample = drafts.draft(agency, esha, title=f"Sample {number}")
        data = drafts.form_of(sample, slug=f"new-{number}", title=f"New {number}", **{"action-publish": "1"})
        answer = drafts.signed_in(who).post(
            reverse("wagtailadmin_pages:add", args=["consultations", "consultationpage", parent.pk]), data
        )
        assert answer.status_code == 302, answer.context["form"].errors
        assert "edit" in answer.url, answer.url
        assert ConsultationPage.objects.filter(slug=f"new-{number}", live=False).exists()
        assert nothing_released()


def test_nobody_publishes_in_bulk(agency, esha, root):
    page = drafts.draft(agency, esha)
    for who in (esha, root):
        drafts.signed_in(who).post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
        assert nothing_released()


def test_the_writer_cannot_approve_and_a_comma_makes_a_writer(agency, esha, anil, root):
    page = drafts.draft(agency, esha)
    drafts.send_for_approval(page, esha)
    with pytest.raises(NotAllowed):
        drafts.approve(page, esha)
    with pytest.raises(NotAllowed):
        drafts.approve(page, root)
    drafts.fresh(page).current_workflow_state.cancel(user=esha)
    mended = drafts.fresh(page).get_latest_revision_as_object()
    mended.summary = "How shall we share it, then?"
    mended.save_revision(user=anil)
    drafts.send_for_approval(page, esha)
    with pytest.raises(NotAllowed):
        drafts.approve(page, anil)
    assert nothing_released()


def test_after_anothers_comma_the_first_author_still_may_not(agency, esha, anil, chitra):
    appoint(chitra, agency=agency, role=Role.APPROVER, by=None, now=drafts.OPENS)
    page = drafts.draft(agency, anil)
    mended = drafts.fresh(page).get_latest_revision_as_object()
    mended.summary += ","
    mended.save_revision(user=esha)
    drafts.send_for_approval(page, esha)
    with pytest.raises(NotAllowed):
        drafts.approve(page, anil)
    assert nothing_released()
    drafts.approve(page, chitra)
    assert drafts.fresh(page).live


def test_saving_without_a_change_makes_nobody_a_writer(agency, esha, anil):
    page = drafts.draft(agency, esha)
    drafts.fresh(page).get_latest_revision_as_object().save_revision(user=anil)
    drafts.send_for_approval(page, esha)
    drafts.approve(page, anil)
    assert drafts.fresh(page).live


def test_while_it_waits_nobody_changes_it(agency, esha, anil, root):
    page = drafts.draft(agency, esha)
    drafts.send_for_approval(page, esha)
    for who in (esha, anil, root):
        drafts.signed_in(who).post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            drafts.form_of(page, title="Changed in between"),
        )
        assert drafts.fresh(page).get_latest_revision_as_object().title == "Canal water"


def test_words_changed_in_place_after_submission_are_released_as_they_were_read(agency, esha, anil):
    page = drafts.draft(agency, esha)
    drafts.send_for_approval(page, esha)
    drafts.changed_in_place(page, esha)
    drafts.approve(page, anil)
    live = drafts.fresh(page)
    assert live.title == "Changed in place", "the approver saw and approved these words"
    assert live.is_approved()


def test_a_schedule_is_approved_first_and_registers_when_its_time_comes(agency, esha, anil):
    page = drafts.draft(agency, esha)
    later = drafts.fresh(page).get_latest_revision_as_object()
    later.go_live_at = timezone.now() + timedelta(hours=1)
    later.save_revision(user=esha)
    call_command("publish_scheduled")
    assert nothing_released()
    drafts.send_for_approval(page, esha)
    drafts.approve(page, anil)
    assert nothing_released()
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        call_command("publish_scheduled")
    assert drafts.fresh(page).live
    assert Consultation.objects.count() == 1


def test_a_copy_is_a_draft_with_its_own_key(agency, esha, anil, root):
    page = drafts.released(agency, esha, anil)
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True, user=root)
    parent = drafts.agency_page(agency)
    with pytest.raises(CopyPagePermissionError):
        CopyPageAction(page, to=parent, keep_live=True, user=root, update_attrs={"slug": "c2"}).execute()
    other = CopyPageAction(page, to=parent, keep_live=True, update_attrs={"slug": "c3"}).execute()
    assert drafts.signed_in(esha).get(page.get_url()).status_code == 200
    for made in (copy, other):
        made = drafts.fresh(made)
        assert made.translation_key != page.translation_key
        assert not made.live or drafts.signed_in(esha).get(made.get_url()).status_code == 404
    assert Consultation.objects.count() == 1


def test_an_alias_answers_404(agency, esha, anil, client):
    page = drafts.released(agency, esha, anil)
    alias = page.create_alias(update_slug="alias")
    assert client.get(alias.get_url()).status_code == 404
    assert Consultation.objects.count() == 1


def test_a_page_made_live_by_hand_answers_404(agency, esha, client):
    page = drafts.draft(agency, esha)
    ConsultationPage.objects.filter(pk=page.pk).update(live=True)
    assert client.get(page.get_url()).status_code == 404


def test_words_changed_by_hand_answer_404(agency, esha, anil, client):
    page = drafts.released(agency, esha, anil)
    assert client.get(page.get_url()).status_code == 200
    ConsultationPage.objects.filter(pk=page.pk).update(summary="Other words")
    assert client.get(page.get_url()).status_code == 404


def test_code_cannot_publish_without_an_approval(agency, esha, root):
    page = drafts.draft(agency, esha)
    revision = page.get_latest_revision()
    for publish in (
        lambda: revision.publish(user=root),
        lambda: page.publish(revision, user=root, skip_permission_checks=True),
    ):
        with pytest.raises(NotAllowed):
            publish()
    with pytest.raises(Exception):  # noqa: B017
        PublishPageRevisionAction(revision, user=root).execute()
    assert nothing_released()


def test_a_synchronised_translation_is_a_draft_until_a_second_person_approves(
    agency, esha, anil, root, client, commit
):
    page = drafts.released(agency, esha, anil)
    hindi = drafts.agency_page(agency, "hi").locale
    source, _new = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=hindi)
    with pytest.raises(NotAllowed), commit():
        translation.save_target(user=root, publish=True)
    made = page.get_translation(hindi)
    assert client.get(made.get_url()).status_code == 404
    translation.save_target(user=esha, publish=False)
    with commit():
        drafts.signed_in(root).post(reverse("wagtailadmin_pages:edit", args=[made.pk]), {"action": "publish"})
    assert client.get(made.get_url()).status_code == 404
    assert set(Consultation.objects.get().wordings.values_list("language", flat=True)) == {"en"}
    response = drafts.signed_in(esha).post(reverse("consultations_submit_translation", args=[made.pk]))
    assert response.status_code == 302
    drafts.approve(made, anil)
    assert drafts.fresh(made).live
    row = Consultation.objects.get()
    assert set(row.wordings.values_list("language", flat=True)) == {"en", "hi"}


def test_somebody_of_another_agency_approves_nothing(agency, esha, greta):
    page = drafts.draft(agency, esha)
    drafts.send_for_approval(page, esha)
    with pytest.raises(NotAllowed):
        drafts.approve(page, greta)
    assert nothing_released()


def test_nobody_holds_publish(agency):
    ensure_workflow()
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


@pytest.mark.parametrize("act", ["delete", "unpublish", "move"])
def test_what_stands_is_kept_with_a_plain_page(agency, esha, anil, root, act):
    page = drafts.released(agency, esha, anil)
    home = page.get_parent().get_parent()
    top = home.get_parent()
    browser = drafts.signed_in(root)
    for target in (page, drafts.agency_page(agency)):
        way = f"{act}/{top.pk}/confirm" if act == "move" else act
        response = browser.post(f"/admin/pages/{target.pk}/{way}/")
        assert response.status_code in (302, 403, 409), (act, target)
        browser.post(f"/admin/bulk/wagtailcore/page/{act}/?id={target.pk}", {"chooser": top.pk})
        kept = drafts.fresh(page)
        assert (kept.live, kept.get_parent().pk) == (True, drafts.agency_page(agency).pk)
    assert Consultation.objects.count() == 1


def test_the_top_page_cannot_be_deleted_with_what_stands_below_it(agency, esha, anil, root):
    page = drafts.released(agency, esha, anil)
    home = page.get_parent().get_parent()
    browser = drafts.signed_in(root)
    for way in (f"/admin/pages/{home.pk}/delete/", f"/admin/bulk/wagtailcore/page/delete/?id={home.pk}"):
        assert browser.post(way).status_code in (302, 403, 409)
        assert drafts.fresh(page).live
        assert drafts.fresh(home.specific).pk == home.pk

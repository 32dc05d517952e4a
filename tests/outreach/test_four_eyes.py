"""A post goes out only when a second person, who wrote none of it, has approved exactly these words."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from accounts.services import appoint
from foundation import approvals
from foundation.errors import BadInput, NotAllowed, WrongState
from foundation.models import Approval
from outreach import services
from outreach.models import Delivery, Post, PostVersion
from tests.outreach.conftest import NOW, agree, approve, only, word
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_the_writer_may_not_approve_and_a_second_press_officer_may(worded, priya, paul, network):
    services.submit_for_approval(worded, by=priya, now=NOW)
    with pytest.raises(NotAllowed):
        agree(worded, by=priya, now=NOW)
    agree(worded, by=paul, now=NOW)
    assert only(worded).approval.approved_by == paul.pk
    assert only(worded).state == Delivery.State.APPROVED


def test_whoever_mended_a_comma_may_not_approve_either(worded, priya, paul, anil, place):
    services.submit_for_approval(worded, by=priya, now=NOW)
    version = worded.versions.get(account=place)
    services.edit(version, by=paul, title=version.title, text=f"{version.text},", now=NOW)
    worded.refresh_from_db()
    assert worded.state == Post.State.DRAFT
    services.submit_for_approval(worded, by=priya, now=NOW)
    with pytest.raises(NotAllowed):
        agree(worded, by=paul, now=NOW)
    agree(worded, by=anil, now=NOW)


def test_saving_without_a_change_makes_nobody_a_writer(worded, priya, paul, place):
    version = worded.versions.get(account=place)
    services.edit(version, by=paul, title=version.title, text=version.text, now=NOW)
    approve(worded, priya, paul)


@pytest.mark.parametrize("stranger", ["asha", "esha", "mohan", "lata", "kiran", "greta", "pavan", "root"])
def test_nobody_else_writes_submits_or_approves(stranger, worded, priya, place, agency, request):
    who = request.getfixturevalue(stranger)
    version = worded.versions.get(account=place)
    with pytest.raises(NotAllowed):
        services.draft(agency, by=who, title="Mine", now=NOW)
    with pytest.raises(NotAllowed):
        services.edit(version, by=who, title="Mine", text="Mine", now=NOW)
    with pytest.raises(NotAllowed):
        services.submit_for_approval(worded, by=who, now=NOW)
    services.submit_for_approval(worded, by=priya, now=NOW)
    with pytest.raises(NotAllowed):
        agree(worded, by=who, now=NOW)
    with pytest.raises(NotAllowed):
        services.cancel(worded, by=who, now=NOW)


def test_a_press_officer_of_another_agency_may_nothing(worded, priya, greta, other_agency):
    appoint(greta, agency=other_agency, role=Role.PRESS_OFFICER, by=None, now=NOW)
    services.submit_for_approval(worded, by=priya, now=NOW)
    with pytest.raises(NotAllowed):
        agree(worded, by=greta, now=NOW)


def test_an_editor_turned_approver_who_wrote_nothing_may_approve(worded, priya, anil):
    assert approve(worded, priya, anil).state == Post.State.APPROVED


def test_a_draft_is_not_approved_unsent_and_not_twice(worded, priya, paul, anil):
    with pytest.raises(WrongState):
        agree(worded, by=paul, now=NOW)
    approve(worded, priya, paul)
    with pytest.raises(WrongState):
        agree(worded, by=anil, now=NOW)
    with pytest.raises(WrongState):
        services.submit_for_approval(worded, by=priya, now=NOW)


def test_approved_words_are_frozen_for_everybody(approved, priya, paul, place):
    version = approved.versions.get(account=place)
    for who in (priya, paul):
        with pytest.raises(WrongState):
            services.edit(version, by=who, title="New", text="New", now=NOW)


@pytest.mark.parametrize("column", ["text", "title", "link", "language", "record_key", "recipient_key"])
def test_the_database_itself_refuses_changed_words_of_an_approved_delivery(approved, column):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Delivery.objects.filter(version__post=approved).update(**{column: "changed"})


def test_the_database_refuses_to_send_what_nobody_approved(worded, priya):
    services.submit_for_approval(worded, by=priya, now=NOW)
    for state in Delivery.State:
        if state in (Delivery.State.DRAFT, Delivery.State.CANCELLED):
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(version__post=worded).update(state=state, published_at=NOW)


def test_the_database_refuses_an_approval_of_another_post(worded, approved, agency, priya, paul, place):
    other = word(agency, priya, place, text="Something else.")
    services.submit_for_approval(other, by=priya, now=NOW)
    approval = only(approved).approval
    with pytest.raises(IntegrityError, match="not of this post"), transaction.atomic():
        Delivery.objects.filter(version__post=other).update(approval=approval, state="due")


def test_words_changed_behind_the_services_are_not_sent(approved, network, place):
    PostVersion.objects.filter(post=approved, account=place).update(text="Vote for me.")
    assert services.send_due(NOW) == 0
    delivery = only(approved)
    assert delivery.state == Delivery.State.REFUSED
    assert "approved" in delivery.last_error
    assert network.posts == {}


def test_a_submitted_post_whose_words_changed_behind_the_services_is_not_approved(worded, priya, paul, place):
    services.submit_for_approval(worded, by=priya, now=NOW)
    PostVersion.objects.filter(post=worded, account=place).update(text="Vote for me.")
    with pytest.raises(WrongState):
        agree(worded, by=paul, now=NOW)


def test_the_approval_is_of_the_time_too(worded, priya, paul):
    services.submit_for_approval(worded, by=priya, now=NOW, go_at=NOW + timedelta(days=1))
    Post.objects.filter(pk=worded.pk).update(go_at=NOW)
    with pytest.raises(WrongState):
        agree(worded, by=paul, now=NOW)


def test_words_that_a_network_would_not_take_are_not_sent_for_approval(agency, priya, place):
    long = word(agency, priya, place, text="a" * 201)
    with pytest.raises(BadInput, match="Too long by 1 of 200"):
        services.submit_for_approval(long, by=priya, now=NOW)
    silent = word(agency, priya)
    with pytest.raises(BadInput):
        services.submit_for_approval(silent, by=priya, now=NOW)


def test_a_post_taken_back_leaves_nothing_laid_ready(worded, priya, paul):
    services.submit_for_approval(worded, by=priya, now=NOW)
    services.take_back(worded, by=paul, now=NOW)
    assert not Delivery.objects.filter(version__post=worded).exists()
    with pytest.raises(WrongState):
        agree(worded, by=paul, now=NOW)


def test_a_cancelled_post_does_not_go_out(approved, priya, network):
    services.cancel(approved, by=priya, now=NOW)
    assert services.send_due(NOW + timedelta(minutes=1)) == 0
    assert only(approved).state == Delivery.State.CANCELLED
    assert network.posts == {}


def test_one_approval_stands_for_all_accounts_of_a_post_and_for_no_other_post(approved, priya, paul):
    approval = Approval.objects.get(kind="post", thing=str(approved.pk))
    assert approvals.writers_since_approval("post", approved.pk, sha256=approval.sha256) == {priya.pk}
    assert (approval.submitted_by, approval.approved_by) == (priya.pk, paul.pk)


def test_an_old_screen_approves_nothing_and_leads_to_the_new_words(worded, priya, paul, place):
    """Taken back, worded otherwise and sent again while the second person had the earlier words open."""
    his, desk = signed_in(paul), f"/admin/posts/{worded.pk}/"
    old = {"read": services.submit_for_approval(worded, by=priya, now=NOW).submitted_sha256}
    assert f'name="read" value="{old["read"]}"' in his.get(desk).content.decode()
    services.take_back(worded, by=priya, now=NOW)
    services.edit(
        worded.versions.get(account=place), by=priya, title="", text="Other words entirely", now=NOW
    )
    again = services.submit_for_approval(worded, by=priya, now=NOW)
    for words in (old, {}, {"read": "0" * 64}):
        page = his.post(f"{desk}approve/", words, follow=True).content.decode()
        assert "The words have changed since you opened this page." in page and "Other words entirely" in page
        assert only(worded).state == Delivery.State.DRAFT
    with pytest.raises(WrongState, match="have changed since you opened"):
        services.approve(worded, by=paul, read=old["read"], now=NOW)
    assert not Approval.objects.exists()
    his.post(f"{desk}approve/", {"read": again.submitted_sha256})
    assert only(worded).state == Delivery.State.APPROVED

"""Giving a role and taking it back: who may, what the database refuses, what Wagtail's groups say."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import ContactPoint, Membership, Person, SignInCode
from accounts.queries import agencies_of, centre, has_role, is_member, members
from accounts.roles import AGENCY, CENTRAL, Role
from accounts.services import appoint, dismiss, erase_person, open_desk_account
from accounts.signals import person_appointed
from foundation.errors import BadInput, NotAllowed, WrongState
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_a_platform_administrator_gives_a_role_and_nobody_else_does(
    pavan, ben, agency, esha, anil, greta, omana, root
):
    for somebody in (ben, esha, anil, greta, omana, root):
        with pytest.raises(NotAllowed):
            appoint(ben, agency=agency, role=Role.EDITOR, by=somebody, now=NOW)
    assert not has_role(ben, agency, *Role)
    given = appoint(ben, agency=agency, role=Role.EDITOR, by=pavan, now=NOW)
    assert given.since == NOW
    assert has_role(ben, agency, Role.EDITOR)
    assert not has_role(ben, agency, Role.APPROVER)
    for somebody in (ben, esha, root):
        with pytest.raises(NotAllowed):
            dismiss(given, by=somebody, now=NOW)
    assert has_role(ben, agency, Role.EDITOR)
    dismiss(given, by=pavan, now=NOW)
    assert not has_role(ben, agency, Role.EDITOR)


def test_a_platform_administrator_who_was_dismissed_gives_no_more_roles(pavan, ben, agency):
    dismiss(pavan.memberships.get(), by=None, now=NOW)
    with pytest.raises(NotAllowed):
        appoint(ben, agency=agency, role=Role.EDITOR, by=pavan, now=NOW)


def test_a_role_brings_the_group_that_opens_the_desk_and_takes_it_along(ben, agency):
    given = appoint(ben, agency=agency, role=Role.EDITOR, by=None, now=NOW)
    group = ben.groups.get()
    assert group.name == "agency:water:editor"
    rights = list(group.permissions.values_list("content_type__app_label", "codename"))
    assert rights == [("wagtailadmin", "access_admin")]
    dismiss(given, by=None, now=NOW)
    assert not ben.groups.exists()
    appoint(ben, agency=None, role=Role.AUDITOR, by=None, now=NOW)
    assert ben.groups.get().name == "centre:auditor"


def test_giving_a_role_twice_changes_nothing_and_tells_once(ben, agency, commit):
    told = []

    def keep(sender, membership, **_more):
        told.append(membership.pk)

    person_appointed.connect(keep, weak=False)
    try:
        with commit():
            first = appoint(ben, agency=agency, role=Role.CLERK, by=None, now=NOW)
            again = appoint(ben, agency=agency, role=Role.CLERK, by=None, now=timezone.now())
    finally:
        person_appointed.disconnect(keep)
    assert first == again
    assert again.since == NOW
    assert told == [first.pk]


def test_a_role_that_ended_stays_on_record_and_can_be_given_anew(ben, agency):
    first = appoint(ben, agency=agency, role=Role.CLERK, by=None, now=NOW)
    dismiss(first, by=None, now=NOW)
    with pytest.raises(WrongState):
        dismiss(first, by=None, now=NOW)
    second = appoint(ben, agency=agency, role=Role.CLERK, by=None, now=NOW)
    assert second != first
    assert Membership.objects.filter(person=ben).count() == 2


@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_where_it_belongs(ben, agency, role):
    right, wrong = (None, agency) if role in CENTRAL else (agency, None)
    with pytest.raises(BadInput):
        appoint(ben, agency=wrong, role=role, by=None, now=NOW)
    assert appoint(ben, agency=right, role=role, by=None, now=NOW).role == role


def test_a_closed_account_holds_no_role(ben, agency):
    erase_person(ben, by=ben, now=NOW)
    with pytest.raises(WrongState):
        appoint(ben, agency=agency, role=Role.CLERK, by=None, now=NOW)


def test_reads_ask_only_roles_that_hold_now_of_people_who_are_there(
    esha, anil, greta, pavan, agency, other_agency
):
    assert set(members(agency, Role.EDITOR, Role.APPROVER)) == {esha, anil}
    assert list(members(other_agency, *AGENCY)) == [greta]
    assert list(centre(Role.PLATFORM_ADMIN)) == [pavan]
    assert list(agencies_of(esha)) == [agency]
    assert list(agencies_of(esha, Role.APPROVER)) == []
    assert is_member(esha, agency.pk)
    assert not is_member(esha, other_agency)
    Person.objects.filter(pk=esha.pk).update(is_active=False)
    assert set(members(agency, *AGENCY)) == {anil}
    assert not has_role(esha, agency, Role.EDITOR)
    assert not agencies_of(esha).exists()


def refused(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(since=NOW, **fields)
    return True


def test_the_database_itself_refuses_a_second_current_row_and_a_role_in_the_wrong_place(esha, pavan, agency):
    assert refused(person=esha, agency=agency, role=Role.EDITOR)
    assert refused(person=pavan, agency=None, role=Role.PLATFORM_ADMIN)
    assert refused(person=esha, agency=None, role=Role.APPROVER)
    assert refused(person=esha, agency=agency, role=Role.AUDITOR)
    assert refused(person=esha, agency=agency, role="king")
    Membership.objects.create(person=esha, agency=agency, role=Role.EDITOR, since=NOW, until=NOW)
    Membership.objects.create(person=esha, agency=agency, role=Role.APPROVER, since=NOW)


def test_the_database_itself_keeps_one_row_for_a_mailbox_and_one_code(asha, ben):
    hers = asha.contact_points.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.create(
            person=ben, kind="email", address="x@y.example", address_key=hers.address_key, verified_at=NOW
        )
    code = {"address": "x@y.example", "address_key": "k", "created_at": NOW, "expires_at": NOW}
    SignInCode.objects.create(**code)
    for wrong in (code, {**code, "address_key": "l", "tries_left": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignInCode.objects.create(**wrong)


def test_the_database_itself_keeps_an_erased_person_out(asha):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=asha.pk).update(erased_at=NOW)
    for door in ({"is_active": True}, {"is_superuser": True}, {"email": "asha@people.example"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=asha.pk).update(**{"is_active": False, "erased_at": NOW, **door})
    Person.objects.filter(pk=asha.pk).update(is_active=False, erased_at=NOW)


def test_a_desk_account_is_opened_by_a_platform_administrator_and_keeps_the_citizens_row(asha, pavan, esha):
    with pytest.raises(NotAllowed):
        open_desk_account("asha", address="asha@people.example", by=esha, now=NOW)
    official = open_desk_account("asha", address="Asha@people.example", by=pavan, now=NOW, name="Asha Rao")
    assert official == asha
    assert not official.has_usable_password()
    with pytest.raises(WrongState):
        open_desk_account("esha", address="other@people.example", by=pavan, now=NOW)


def test_the_first_platform_administrator_comes_by_command(asha, agency, capsys):
    call_command("appoint", "asha@people.example", "platform_admin")
    call_command("appoint", asha.username, "editor", "--agency", "water")
    assert has_role(asha, None, Role.PLATFORM_ADMIN)
    assert has_role(asha, agency, Role.EDITOR)
    assert "editor for water" in capsys.readouterr().out
    for wrong in (
        ("nobody", "editor", "--agency", "water"),
        ("nobody@people.example", "editor", "--agency", "water"),
        (asha.username, "editor", "--agency", "nowhere"),
        (asha.username, "editor"),
    ):
        with pytest.raises(CommandError):
            call_command("appoint", *wrong)

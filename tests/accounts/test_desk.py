"""Agencies and roles in the Wagtail admin: platform administrators see and give, others do not."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import Agency, Membership
from accounts.queries import has_role
from accounts.roles import Role
from tests.people import PEOPLE, person, signed_in

pytestmark = pytest.mark.django_db

AGENCIES, ROLES, GIVE = "/admin/agencies/", "/admin/roles/", "/admin/roles/new/"
WITHOUT = [key for key, who in PEOPLE.items() if who.role not in {None, Role.PLATFORM_ADMIN}]


def end_of(held: Membership) -> str:
    return f"/admin/roles/delete/{held.pk}/"


@pytest.fixture
def desk(pavan, esha, greta) -> Client:
    """The desk of the platform administrator, with an editor in each of two agencies."""
    return signed_in(pavan)


def test_a_platform_administrator_sees_agencies_and_current_roles(desk, esha, greta):
    Membership.objects.filter(person=greta).update(until="2026-02-01T00:00:00Z")
    page = desk.get(AGENCIES).content.decode()
    assert "Nadipur Water Board" in page
    assert "Nadipur Parks Office" in page
    page = desk.get(ROLES).content.decode()
    assert "esha" in page
    assert "greta" not in page
    assert end_of(esha.memberships.get()) in page
    assert "Agencies and roles" in desk.get("/admin/").content.decode()


def test_lists_are_searched_and_taken_out(desk, greta):
    """What is taken out says who holds which role, and nothing more of them."""
    found = {path: desk.get(path, {"q": "parks"}).content.decode() for path in (AGENCIES, ROLES)}
    assert "Nadipur Parks Office" in found[AGENCIES] and "Nadipur Water Board" not in found[AGENCIES]
    assert "greta" in found[ROLES] and "esha" not in found[ROLES]
    answer = desk.get(ROLES, {"export": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "Person,Agency,Role,Since" and len(lines) == 4
    assert any(line.startswith("greta,Nadipur Parks Office,editor,") for line in lines), lines


@pytest.mark.parametrize("key", WITHOUT)
def test_no_other_official_sees_or_gives_roles(key, esha, ben):
    browser = signed_in(person(key))
    held = esha.memberships.get()
    assert browser.get("/admin/").status_code == 200
    assert "Agencies and roles" not in browser.get("/admin/").content.decode()
    for path in (AGENCIES, f"{AGENCIES}results/", ROLES, f"{ROLES}results/", GIVE, end_of(held)):
        assert browser.get(path).status_code == 302, path
    browser.post(GIVE, {"who": ben.username, "agency": held.agency_id, "role": "approver"})
    browser.post(end_of(held))
    assert not has_role(ben, held.agency, *Role)
    assert has_role(esha, held.agency, Role.EDITOR)


def test_a_superuser_looks_but_gives_and_ends_nothing(root, esha, ben):
    browser = signed_in(root)
    held = esha.memberships.get()
    assert browser.get(AGENCIES).status_code == 200
    assert browser.get(ROLES).status_code == 200
    browser.post(GIVE, {"who": ben.username, "agency": held.agency_id, "role": "approver"})
    browser.post(end_of(held))
    assert not has_role(ben, held.agency, *Role)
    assert has_role(esha, held.agency, Role.EDITOR)


def test_a_platform_administrator_gives_a_role_by_name_or_by_address(desk, agency, ben, chitra):
    for who, somebody in ((ben.username, ben), ("Chitra+x@people.example", chitra)):
        answer = desk.post(GIVE, {"who": who, "agency": agency.pk, "role": "approver"})
        assert answer.status_code == 302
        assert has_role(somebody, agency, Role.APPROVER)
        assert somebody.groups.get().name == "agency:water:approver"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"who": "nobody@people.example"}, "We know nobody"),
        ({"who": "nobody"}, "We know nobody"),
        ({"who": "not an @ address"}, "check how it is written"),
        ({"role": "auditor"}, "cannot be held there"),
        ({"agency": ""}, "cannot be held there"),
    ],
)
def test_what_cannot_be_given_is_said_and_stays_typed(desk, agency, ben, typed, words):
    before = Membership.objects.count()
    given = {"who": ben.username, "agency": agency.pk, "role": "approver", **typed}
    page = desk.post(GIVE, given)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert given["who"] in page.content.decode()
    assert Membership.objects.count() == before


def test_a_platform_administrator_ends_a_role_after_being_asked(desk, esha, agency):
    held = esha.memberships.get()
    assert "stays on record" in desk.get(end_of(held)).content.decode()
    assert has_role(esha, agency, Role.EDITOR)
    assert desk.post(end_of(held)).status_code == 302
    assert not has_role(esha, agency, Role.EDITOR)
    assert Membership.objects.filter(pk=held.pk).exists()


def test_an_agency_cannot_be_made_changed_or_deleted_here(desk, root, agency):
    for browser in (desk, signed_in(root)):
        for path in ("new/", f"edit/{agency.pk}/", f"delete/{agency.pk}/"):
            assert browser.post(AGENCIES + path, {"name": "Other"}, follow=True).status_code == 404
    assert Agency.objects.get(pk=agency.pk).name == "Nadipur Water Board"


def test_wagtails_own_users_and_groups_are_for_superusers(desk, root, pavan):
    pavan.user_permissions.add(*Permission.objects.filter(codename__in=["change_person", "change_group"]))
    for path in ("/admin/users/", "/admin/groups/"):
        assert path not in desk.get("/admin/").content.decode()
        assert path in signed_in(root).get("/admin/").content.decode()
        assert desk.get(path).status_code == 302
        assert signed_in(root).get(path).status_code == 200


def test_an_address_is_not_changed_where_nobody_confirms_it(esha):
    browser, before = signed_in(esha), esha.email
    page = browser.get("/admin/account/").content.decode()
    assert 'name="name_email-first_name"' in page
    assert "name_email-email" not in page
    typed = {
        "name_email-first_name": "Esha",
        "name_email-last_name": "Menon",
        "name_email-email": "else@where.example",
    }
    browser.post("/admin/account/", typed)
    esha.refresh_from_db()
    assert esha.email == before

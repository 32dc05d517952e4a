"""A screen of the desk asks once what its reader holds; an act, and the next look, ask anew."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts import middleware
from accounts.models import Membership
from accounts.queries import agencies_of, has_role, has_role_anywhere, is_member, remember_roles
from accounts.roles import Role
from accounts.services import dismiss
from tests.people import NOW, signed_in

pytestmark = pytest.mark.django_db


def test_a_screen_asks_once_for_the_roles_of_its_reader(esha, mohan):
    for somebody in (esha, mohan):
        browser = signed_in(somebody)
        browser.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/admin/").status_code == 200
        roles = [query["sql"] for query in asked if 'FROM "accounts_membership"' in query["sql"]]
        assert len(roles) <= 2, roles


def test_what_is_remembered_is_what_holds(esha, agency, other_agency):
    def holds():
        places = (None, agency, other_agency.pk)
        roles = [has_role(esha, place, role) for place in places for role in Role]
        roles += [has_role_anywhere(esha, role) for role in Role]
        return roles, [is_member(esha, place) for place in (agency, other_agency.pk)]

    def at():
        return [
            list(agencies_of(esha, *roles)) for roles in ((), (Role.EDITOR,), (Role.MODERATOR, Role.CLERK))
        ]

    held, places = holds(), at()
    remember_roles(esha)
    with CaptureQueriesContext(connection) as asked:
        assert holds() == held
    assert len(asked) == 0
    assert held[1] == [True, False]
    assert at() == places == [[agency], [agency], []]


def test_a_role_that_ended_is_gone_at_the_next_look(esha, mohan, pavan):
    browser = signed_in(mohan)
    assert browser.get("/admin/moderation/").status_code == 200
    dismiss(Membership.objects.get(person=mohan), by=pavan, now=NOW)
    assert browser.get("/admin/moderation/").status_code != 200


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 0), ("PUT", 0)])
def test_an_act_asks_what_holds_at_its_own_moment(esha, monkeypatch, method, times):
    remembered = []
    monkeypatch.setattr(middleware, "remember_roles", remembered.append)
    monkeypatch.setattr(middleware.factor, "is_given", lambda *_words, **_more: True)
    request = RequestFactory().generic(method, "/admin/moderation/")
    request.user, request.session = esha, {}
    passed = middleware.DeskNeedsSecondFactor(lambda request: "in")(request)
    assert passed == "in" and remembered == [esha] * times

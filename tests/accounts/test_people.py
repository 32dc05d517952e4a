"""The people of the tests themselves: everybody stands where the name says."""

import pytest

from accounts.models import Membership, Person
from accounts.queries import has_role
from accounts.roles import Role
from tests import people

pytestmark = pytest.mark.django_db


def test_everybody_holds_the_role_of_the_name_and_no_other():
    cast = people.everybody()
    for key, who in people.PEOPLE.items():
        held = list(cast[key].memberships.values_list("role", "agency__slug"))
        if who.role is None:
            assert held == []
        else:
            assert held == [(who.role, None if who.place == people.CENTRE else who.place)]


def test_asking_for_somebody_twice_gives_the_same_person():
    first = people.everybody()
    again = people.everybody()
    assert first == again
    assert Person.objects.count() == len(people.PEOPLE)
    assert Membership.objects.count() == len(people.OFFICIALS)


def test_greta_belongs_to_the_other_agency_alone(greta, agency, other_agency):
    assert has_role(greta, other_agency, Role.EDITOR)
    assert not has_role(greta, agency, *Role)
    assert not has_role(greta, None, *Role)

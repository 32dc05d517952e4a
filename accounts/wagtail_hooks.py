"""The desk of the threshold."""

from django.contrib.auth.models import Group
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from accounts.models import Agency, Membership, Person
from accounts.permissions import AgenciesSeen, RolesGiven, SuperusersAlone
from accounts.viewsets import PeopleGroup

register_permission_policy(Agency, AgenciesSeen(Agency))
register_permission_policy(Membership, RolesGiven(Membership))
register_permission_policy(Person, SuperusersAlone(Person))
register_permission_policy(Group, SuperusersAlone(Group))


@hooks.register("register_admin_viewset")
def agencies_and_roles() -> PeopleGroup:
    """Agencies and roles, for platform administrators."""
    return PeopleGroup()

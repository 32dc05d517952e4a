"""Who may look at agencies and roles in the admin. Nothing here is given by a Django permission row."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from accounts.models import Person
from accounts.queries import centre, has_role
from accounts.roles import Role


def can_see_agencies(person: object) -> bool:
    """Platform administrators; superusers, who mend the machine, may look."""
    return bool(getattr(person, "is_superuser", False)) or can_appoint(person)


def can_appoint(person: object) -> bool:
    """Platform administrators alone."""
    return has_role(person, None, Role.PLATFORM_ADMIN)


def needs_second_factor(person: object) -> bool:
    """Whoever may open the desk; citizens sign in by a code alone."""
    return isinstance(person, Person) and person.is_active and person.has_perm("wagtailadmin.access_admin")


class SuperusersAlone(BasePermissionPolicy):
    """Wagtail's own pages for users and groups: roles are given as Membership, and groups follow."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return bool(getattr(user, "is_superuser", False) and getattr(user, "is_active", False))

    def users_with_any_permission(self, actions: Iterable[str]) -> "QuerySet[Person]":
        return Person.objects.filter(is_superuser=True, is_active=True)


class AgenciesSeen(BasePermissionPolicy):
    """Agencies are looked at here; they are opened through the hall's door and never deleted."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and can_see_agencies(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> "QuerySet[Person]":
        if "view" not in actions:
            return Person.objects.none()
        return Person.objects.filter(
            Q(is_superuser=True, is_active=True) | Q(pk__in=centre(Role.PLATFORM_ADMIN))
        )


class RolesGiven(AgenciesSeen):
    """Roles are given and ended, through the services, and never changed."""

    def user_has_permission(self, user: object, action: str) -> bool:
        if action in {"add", "delete"}:
            return can_appoint(user)
        return super().user_has_permission(user, action)

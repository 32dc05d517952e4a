"""Reads about people and roles."""

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from accounts.models import Agency, ContactPoint, Membership, OpenSession, Person
from accounts.roles import Role
from foundation import clock
from foundation.prepared import prepared

REMEMBERED = "_roles_held_in_this_look"


def current() -> "QuerySet[Membership]":
    """Memberships that hold now."""
    return Membership.objects.filter(until__isnull=True, person__is_active=True)


def remember_roles(person: object) -> None:
    """For the time of one look: what this very object may see is asked of the database once.

    A screen of the desk asks some twenty times, for each item of its menu. Not where anything is done: an act asks
    what holds at its own moment.
    """
    key = getattr(person, "pk", None)
    if key is not None:
        held = current().filter(person_id=key).values_list("agency_id", "role")
        setattr(person, REMEMBERED, frozenset(held))


def _remembered(person: object) -> frozenset[tuple[int | None, str]] | None:
    return getattr(person, REMEMBERED, None)


def _number(agency: Agency | int | None) -> int | None:
    return agency.pk if isinstance(agency, Agency) else agency


def has_role(person: object, agency: Agency | int | None, *roles: Role) -> bool:
    """Does this person hold one of the roles for this agency (None: at the centre)?"""
    key = getattr(person, "pk", None)
    if key is None:
        return False
    remembered = _remembered(person)
    if remembered is not None:
        return any((_number(agency), role) in remembered for role in roles)
    return bool(_held(key, _number(agency), [role.value for role in roles]))


@prepared
def _held(person: int, agency: int | None, roles: list[str]) -> "QuerySet[Membership, int]":
    held = current().filter(person_id=person, role__in=roles)
    held = held.filter(agency__isnull=True) if agency is None else held.filter(agency=agency)
    return held.values_list("pk", flat=True)[:1]


def has_role_anywhere(person: object, *roles: Role) -> bool:
    """Does this person hold one of the roles, for whichever agency or at the centre?"""
    key, remembered = getattr(person, "pk", None), _remembered(person)
    if remembered is not None:
        return any(role in roles for _place, role in remembered)
    return key is not None and current().filter(person_id=key, role__in=roles).exists()


def is_member(person: object, agency: Agency | int) -> bool:
    """Does this person hold any role for this agency?"""
    key = getattr(person, "pk", None)
    remembered = _remembered(person)
    if remembered is not None:
        return any(place == _number(agency) for place, _role in remembered)
    return key is not None and bool(_works_for(key, _number(agency)))


@prepared
def _works_for(person: int, agency: int | None) -> "QuerySet[Membership, int]":
    return current().filter(person_id=person, agency=agency).values_list("pk", flat=True)[:1]


def roles_of(person: object) -> "QuerySet[Membership]":
    """What this person does now, for whom, oldest first."""
    key = getattr(person, "pk", None)
    held = current().filter(person_id=key) if key is not None else Membership.objects.none()
    return held.select_related("agency").order_by("since", "pk")


def agencies_of(person: object, *roles: Role) -> "QuerySet[Agency]":
    """The agencies for which this person holds one of the roles (any role when none is named)."""
    key, remembered = getattr(person, "pk", None), _remembered(person)
    if remembered is not None:
        places = {place for place, role in remembered if place and (not roles or role in roles)}
        return Agency.objects.filter(pk__in=places)
    condition = Q(
        memberships__person_id=key, memberships__until__isnull=True, memberships__person__is_active=True
    )
    if roles:
        condition &= Q(memberships__role__in=roles)
    return Agency.objects.filter(condition).distinct()


def members(agency: Agency, *roles: Role) -> "QuerySet[Person]":
    """The people who hold one of the roles for this agency."""
    return Person.objects.filter(
        memberships__agency=agency,
        memberships__role__in=roles,
        memberships__until__isnull=True,
        is_active=True,
    ).distinct()


def centre(*roles: Role) -> "QuerySet[Person]":
    """The people who hold one of the roles at the centre."""
    return Person.objects.filter(
        memberships__agency__isnull=True,
        memberships__role__in=roles,
        memberships__until__isnull=True,
        is_active=True,
    ).distinct()


def addresses_of(person: object) -> list[str]:
    """Mailboxes to which letters to this person go, oldest first; empty for who has none or is erased."""
    return list(contact_points_of(person).filter(kind="email").values_list("address", flat=True))


def contact_points_of(person: object) -> "QuerySet[ContactPoint]":
    """Every address that was shown to be this person's, of whichever kind, oldest first."""
    key = getattr(person, "pk", None)
    points = ContactPoint.objects.filter(person_id=key) if key is not None else ContactPoint.objects.none()
    return points.order_by("pk")


def open_sessions_of(person: Person) -> "QuerySet[OpenSession]":
    """Where this person is signed in, the newest first."""
    live = OpenSession.objects.filter(person=person, session__expire_date__gt=clock.now())
    return live.order_by("-began_at", "-pk")


def factors_of(person: Person) -> "QuerySet[Authenticator]":
    """The second factors of this person, recovery codes among them, oldest first."""
    return Authenticator.objects.filter(user_id=person.pk).order_by("pk")


def has_second_factor(person: Person) -> bool:
    """Has this person an authenticator app or a passkey?"""
    return factors_of(person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

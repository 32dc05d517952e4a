"""Giving a role and taking it back. Wagtail's groups follow Membership, never the other way round."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Membership, Person
from accounts.queries import has_role
from accounts.roles import CENTRAL, Role
from accounts.signals import person_appointed
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState


def group_name(role: Role | str, agency: Agency | None) -> str:
    """`agency:<slug>:<role>`, or `centre:<role>` where there is no agency."""
    key = Role(role).value
    return f"agency:{agency.slug}:{key}" if agency is not None else f"centre:{key}"


def group_for(role: Role | str, agency: Agency | None) -> Group:
    """The Wagtail group of a role, made when it is not there. It opens the desk and nothing else.

    What a role may do with pages is for the room that has the pages to add.
    """
    group, made = Group.objects.get_or_create(name=group_name(role, agency))
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


@transaction.atomic
def appoint(
    person: Person, *, agency: Agency | None, role: Role | str, by: Person | None, now: datetime
) -> Membership:
    """Give a person a role for an agency, or at the centre where `agency` is None.

    `by` is a platform administrator; None only for commands and the first set-up. Asking twice gives the
    same Membership. Raises NotAllowed, BadInput (the role belongs elsewhere), WrongState (a closed account).
    """
    role = Role(role)
    _may_appoint(by)
    if (role in CENTRAL) != (agency is None):
        raise BadInput(_("This role cannot be held there."))
    holder = Person.objects.select_for_update().get(pk=person.pk)
    if not holder.is_active:
        raise WrongState(_("This account is closed, so it cannot hold a role."))
    membership, made = Membership.objects.get_or_create(
        person=holder, agency=agency, role=role, until=None, defaults={"since": now}
    )
    holder.groups.add(group_for(role, agency))
    if made:
        _note("appoint", membership, by)
        announce(person_appointed, membership=membership)
    return membership


@transaction.atomic
def dismiss(membership: Membership, *, by: Person | None, now: datetime) -> Membership:
    """Take a role back from today on. The row stays, with its end; so does what was done under it.

    `by` as in `appoint`. Raises NotAllowed, WrongState (it has ended already).
    """
    _may_appoint(by)
    holder = Person.objects.select_for_update().get(pk=membership.person_id)
    if not Membership.objects.filter(pk=membership.pk, until__isnull=True).update(until=now):
        raise WrongState(_("This role has ended already."))
    membership.refresh_from_db()
    holder.groups.remove(*Group.objects.filter(name=group_name(membership.role, membership.agency)))
    _note("dismiss", membership, by)
    return membership


def _may_appoint(by: Person | None) -> None:
    if by is not None and not has_role(by, None, Role.PLATFORM_ADMIN):
        raise NotAllowed(_("Only a platform administrator gives and takes roles."))


def _note(act: str, membership: Membership, by: Person | None) -> None:
    audit.write(
        act,
        by=by.pk if by else None,
        thing=f"membership:{membership.pk}",
        role=str(membership.role),
        agency=membership.agency.slug if membership.agency else "",
    )

"""Erasing a person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from accounts.models import Person, SignInCode, TextMessage, fresh_username
from accounts.queries import factors_of, has_role
from accounts.roles import Role
from accounts.services.sessions import close_sessions
from accounts.signals import person_erased
from foundation import audit
from foundation.errors import NotAllowed, WrongState


def erase_person(person: Person, *, by: Person | None, now: datetime) -> None:
    """Forget a person: every room cleans its own traces, then name, addresses, codes and sessions go.

    All of it happens or none: a room that cannot clean stops the whole. What stays is an empty row that
    nobody can sign in with, and for officials that the role was held, until today. `by` is the person, or a
    platform administrator who acts on a letter; None only for commands. Raises NotAllowed, WrongState.
    """
    if by is not None and by.pk != person.pk and not has_role(by, None, Role.PLATFORM_ADMIN):
        raise NotAllowed(_("Only you can erase your account, or a platform administrator whom you ask."))
    with transaction.atomic():
        leaving = Person.objects.select_for_update().get(pk=person.pk)
        if leaving.erased_at is not None:
            raise WrongState(_("This account is erased already."))
        person_erased.send(sender=Person, person=leaving, now=now)
        _forget(leaving, now=now)
        audit.write("erase person", by=by.pk if by else None, thing=f"person:{leaving.pk}")
    close_sessions(leaving, now=now)
    person.refresh_from_db()


def _forget(person: Person, *, now: datetime) -> None:
    points = person.contact_points.all()
    keys = list(points.values_list("address_key", flat=True))
    addresses = [*points.values_list("address", flat=True), person.email]
    SignInCode.objects.filter(Q(address_key__in=keys) | Q(address__in=[a for a in addresses if a])).delete()
    TextMessage.objects.filter(address_key__in=keys).delete()
    person.signincode_set.all().delete()
    points.delete()
    factors_of(person).delete()
    for profile in UserProfile.objects.filter(user=person):
        profile.avatar.delete(save=False)
        profile.delete()
    person.memberships.filter(until__isnull=True).update(until=now)
    person.groups.clear()
    person.user_permissions.clear()
    person.username = fresh_username()
    person.first_name = person.last_name = person.email = person.language = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.erased_at = now
    person.set_unusable_password()
    person.save()

"""Opening accounts: for whoever showed an address to be theirs, and for officials at their desk."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import ContactPoint, Person
from accounts.queries import has_role
from accounts.roles import Role
from accounts.verification.base import address_key, methods, older_address_keys
from foundation import audit
from foundation.errors import NotAllowed, WrongState


def find_contact_point(address: str, *, method: str = "email") -> ContactPoint | None:
    """The contact point of this mailbox, however the address is spelt; None when nobody showed it yet.

    A row that was written under a former key gets today's. Raises BadInput.
    """
    canonical = methods[method].canonical(address)
    key = address_key(method, canonical)
    rows = ContactPoint.objects.select_related("person").filter(kind=method)
    found = rows.filter(address_key=key).first()
    if found is None and (older := older_address_keys(method, canonical)):
        found = rows.filter(address_key__in=older).first()
        if found is not None:
            found.address_key = key
            found.save(update_fields=["address_key"])
    return found


def open_account(address: str, *, now: datetime, language: str = "", method: str = "email") -> Person:
    """The person whose mailbox this is, with an account made when there is none.

    Whoever calls has been shown that the address is theirs. Safe to run twice at once: one mailbox is one
    row by the database's own rule. Raises BadInput.
    """
    found = find_contact_point(address, method=method)
    if found is not None:
        return found.person
    chosen = methods[method]
    try:
        with transaction.atomic():
            person = Person(language=language, date_joined=now)
            person.set_unusable_password()
            person.save()
            ContactPoint.objects.create(
                person=person,
                kind=method,
                address=chosen.deliverable(address),
                address_key=address_key(method, chosen.canonical(address)),
                verified_at=now,
            )
            audit.write("open account", by=person.pk, thing=f"person:{person.pk}", method=method)
    except IntegrityError:
        found = find_contact_point(address, method=method)
        if found is None:
            raise
        return found.person
    return person


@transaction.atomic
def open_desk_account(
    username: str,
    *,
    address: str,
    by: Person | None,
    now: datetime,
    password: str | None = None,
    name: str = "",
) -> Person:
    """An official's account, with a name to sign in at the desk; the password may come later.

    The address stands as a contact point too, so that one person stays one person. An account that has
    this address already becomes the official's. `by` is a platform administrator; None only for commands
    and the first set-up. Raises NotAllowed, BadInput, WrongState (the name is taken, the account closed).
    """
    if by is not None and not has_role(by, None, Role.PLATFORM_ADMIN):
        raise NotAllowed(_("Only a platform administrator opens accounts for officials."))
    person = open_account(address, now=now)
    if not person.is_active:
        raise WrongState(_("This account is closed."))
    if Person.objects.filter(username=username).exclude(pk=person.pk).exists():
        raise WrongState(_("Somebody signs in with this name already. Please choose another one."))
    person.username = username
    person.email = methods["email"].deliverable(address)
    person.first_name, _space, person.last_name = name.partition(" ")
    person.set_password(password)
    person.save()
    audit.write("open desk account", by=by.pk if by else None, thing=f"person:{person.pk}")
    return person

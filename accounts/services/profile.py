"""What people change of their own account: name, language, and the addresses that are theirs."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import ContactPoint, Person, SignInCode
from accounts.permissions import needs_second_factor
from accounts.queries import contact_points_of
from accounts.services.codes import ask_for_code, right_code, use_up
from accounts.services.people import find_contact_point
from accounts.verification.base import address_key, method_for, methods
from foundation import audit
from foundation.errors import BadInput, NotFound, WrongState


def change_profile(person: Person, *, name: str, language: str) -> None:
    """How we address somebody, and the language of letters (empty: that of the page). Raises BadInput."""
    if language and language not in dict(settings.LANGUAGES):
        raise BadInput(_("This site does not speak that language."))
    person.first_name, _space, person.last_name = " ".join(name.split()).partition(" ")
    person.language = language
    person.save(update_fields=["first_name", "last_name", "language"])
    audit.write("change profile", by=person.pk, thing=f"person:{person.pk}")


def ask_to_add(
    person: Person, typed: str, *, browser: str, network: str, language: str, now: datetime
) -> SignInCode:
    """Send a code to an address that somebody wants to add; the same whether anybody has it already.

    Raises BadInput, TooMany, WrongState (it is one's own already).
    """
    method = method_for(typed).key
    known = find_contact_point(typed, method=method)
    if known is not None and known.person_id == person.pk:
        raise WrongState(_("This address is yours already."))
    return ask_for_code(
        typed, browser=browser, network=network, language=language, now=now, method=method, person=person
    )


def confirm_addition(
    person: Person, typed: str, *, browser: str, network: str | None, now: datetime
) -> ContactPoint:
    """Take the code back, and keep the address. Raises BadInput, TooMany, WrongState (also: it is somebody else's)."""
    waiting = right_code(typed, browser=browser, now=now, network=network, person=person)
    chosen = methods[waiting.method]
    taken = WrongState(
        _(
            "This address belongs to another account. Sign in with it, and erase that account or remove it there."
        )
    )
    try:
        with transaction.atomic():
            use_up(waiting, now=now)
            if find_contact_point(waiting.address, method=waiting.method) is not None:
                raise taken
            added = ContactPoint.objects.create(
                person=person,
                kind=waiting.method,
                address=waiting.address,
                address_key=address_key(waiting.method, chosen.canonical(waiting.address)),
                verified_at=now,
            )
            audit.write("add address", by=person.pk, thing=f"person:{person.pk}", method=waiting.method)
    except IntegrityError as error:
        raise taken from error
    return added


@transaction.atomic
def remove_contact_point(person: Person, number: int) -> None:
    """Forget an address of one's own; never the last one, and for officials never the last mailbox.

    Raises NotFound, WrongState.
    """
    holder = Person.objects.select_for_update().get(pk=person.pk)
    points = list(contact_points_of(holder))
    leaving = next((point for point in points if point.pk == number), None)
    if leaving is None:
        raise NotFound(_("It may have been removed already."))
    staying = [point for point in points if point.pk != number]
    if not staying:
        raise WrongState(_("This is the only way to reach your account. Add another address first."))
    mailboxes = [point.address for point in staying if point.kind == "email"]
    if needs_second_factor(holder) and not mailboxes:
        raise WrongState(_("Your role needs a mailbox for letters. Add another e-mail address first."))
    SignInCode.objects.filter(address_key=leaving.address_key).delete()
    leaving.delete()
    if holder.email and holder.email not in mailboxes:
        holder.email = mailboxes[0] if mailboxes else ""
        holder.save(update_fields=["email"])
    audit.write("remove address", by=person.pk, thing=f"person:{person.pk}", method=leaving.kind)

"""Second factors: adding one, giving one, taking one away, and starting anew after a loss."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.factors import passkeys
from accounts.models import Person
from accounts.permissions import needs_second_factor
from accounts.queries import factors_of
from accounts.services.codes import plain_digits
from accounts.services.sessions import close_sessions
from accounts.signals import factor_changed
from accounts.verification.base import same
from accounts.verification.limits import WRONG_FACTORS, count, forget_count
from foundation import audit
from foundation.errors import BadInput, NotAllowed, WrongState

Kind = Authenticator.Type
MOST_PASSKEYS = 10
NAME_LENGTH = 60


def fresh_secret() -> str:
    """A new secret for an authenticator app: 32 letters and digits (base32, 160 bits)."""
    return generate_totp_secret()


def add_app(person: Person, *, secret: str, typed: str, now: datetime) -> Authenticator:
    """Keep the secret of an authenticator app, once a code shows that the app has it; recovery codes come along.

    Raises NotAllowed, BadInput (the code does not fit), WrongState (there is an app already).
    """
    may_have_one(person)
    counter = _counter(secret, plain_digits(typed), now)
    if counter is None:
        raise BadInput(_("This code does not fit. Wait for the next one in your app, and type that."))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if factors_of(person).filter(type=Kind.TOTP).exists():
            raise WrongState(_("You have an authenticator app already. Remove it first."))
        added = TOTP.activate(person, secret).instance
        added.data["counter"], added.last_used_at = counter, now
        added.save()
        return _added(person, added, now)


def add_passkey(person: Person, *, credential: Any, name: str, now: datetime) -> Authenticator:
    """Keep a passkey that the person's browser just made, under a name of theirs.

    Raises NotAllowed, BadInput, WrongState (there are very many already).
    """
    may_have_one(person)
    passkeys.made(credential)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if factors_of(person).filter(type=Kind.WEBAUTHN).count() >= MOST_PASSKEYS:
            raise WrongState(_("You have very many passkeys. Remove one first."))
        shown = name.strip()[:NAME_LENGTH] or _("Passkey")
        return _added(person, WebAuthn.add(person, shown, credential).instance, now)


def give_code(person: Person, typed: str, *, now: datetime) -> str:
    """Give a code of one's app, or a recovery code; says which kind it was. Each is good once.

    Every try is counted before it is looked at. Raises BadInput, TooMany.
    """
    count(WRONG_FACTORS, str(person.pk), now=now)
    digits = plain_digits(typed)
    with transaction.atomic():
        rows = factors_of(person).select_for_update()
        for row in rows.filter(type__in=(Kind.TOTP, Kind.RECOVERY_CODES)).order_by("-type"):
            if _takes(row, digits, now):
                Authenticator.objects.filter(pk=row.pk).update(last_used_at=now)
                _given(person, row)
                return str(row.type)
    audit.write("wrong second factor", by=person.pk, thing=f"person:{person.pk}")
    raise BadInput(_("This is not a code that we can take. Please look again."))


def give_passkey(person: Person, credential: Any, *, now: datetime) -> str:
    """Use a passkey; says the kind. Raises BadInput, TooMany."""
    count(WRONG_FACTORS, str(person.pk), now=now)
    used = passkeys.used(person, credential)
    Authenticator.objects.filter(pk=used.pk).update(last_used_at=now)
    _given(person, used)
    return str(used.type)


def codes_to_keep(person: Person) -> list[str]:
    """The recovery codes, while they were not yet put away; afterwards nobody can see them again."""
    row = factors_of(person).filter(type=Kind.RECOVERY_CODES).first()
    if row is None or row.wrap().did_view:
        return []
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def put_codes_away(person: Person) -> None:
    """The person has written the recovery codes down: from now on no page shows them."""
    for row in factors_of(person).filter(type=Kind.RECOVERY_CODES):
        row.wrap().mark_as_viewed()


@transaction.atomic
def renew_codes(person: Person, *, now: datetime) -> list[str]:
    """New recovery codes; the old ones are good no more. Raises NotAllowed, WrongState (no factor to recover)."""
    may_have_one(person)
    Person.objects.select_for_update().get(pk=person.pk)
    if not factors_of(person).exclude(type=Kind.RECOVERY_CODES).exists():
        raise WrongState(_("Add an authenticator app or a passkey first."))
    factors_of(person).filter(type=Kind.RECOVERY_CODES).delete()
    row = RecoveryCodes.activate(person).instance
    audit.write("new recovery codes", by=person.pk, thing=f"person:{person.pk}")
    _tell(person, "renewed", row.type, row.pk, now)
    return codes_to_keep(person)


def remove_factor(person: Person, key: int, *, keep: str, now: datetime) -> None:
    """Take an app or a passkey away; other browsers than the one of the session key `keep` are signed out.

    The last one stays while a role needs it. Raises WrongState.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        usable = factors_of(person).exclude(type=Kind.RECOVERY_CODES)
        row = usable.filter(pk=key).first()
        if row is None:
            raise WrongState(_("This one is gone already."))
        if usable.count() == 1:
            if needs_second_factor(person):
                raise WrongState(
                    _("Your role needs a second factor. Add another one before you remove this.")
                )
            factors_of(person).delete()
        else:
            row.delete()
        audit.write("remove second factor", by=person.pk, thing=f"person:{person.pk}", kind=row.type)
        _tell(person, "removed", row.type, key, now)
    close_sessions(person, now=now, keep=keep)


def forget_factors(person: Person, *, by: Person | None, now: datetime) -> int:
    """Start anew for somebody who lost everything: all factors go, all sessions end. Says how many factors.

    At the next sign-in a new one is set up. For the operator's command alone, after seeing the person:
    `by` is None there, and no page calls this.
    """
    removed = factors_of(person).exclude(type=Kind.RECOVERY_CODES).count()
    with transaction.atomic():
        factors_of(person).delete()
        audit.write("forget second factors", by=by.pk if by else None, thing=f"person:{person.pk}")
        if removed:
            _tell(person, "forgotten", "", int(now.timestamp()), now)
    close_sessions(person, now=now)
    return removed


def may_have_one(person: Person) -> None:
    """Raises NotAllowed for who has no desk."""
    if not needs_second_factor(person):
        raise NotAllowed(_("A second factor protects the desk, and your account has no role there."))


def _added(person: Person, added: Authenticator, now: datetime) -> Authenticator:
    RecoveryCodes.activate(person)
    audit.write("add second factor", by=person.pk, thing=f"person:{person.pk}", kind=added.type)
    _tell(person, "added", added.type, added.pk, now)
    return added


def _tell(person: Person, what: str, kind: str, key: int, now: datetime) -> None:
    factor_changed.send(sender=Person, person=person, what=what, kind=str(kind), key=key, now=now)


def _given(person: Person, row: Authenticator) -> None:
    forget_count(WRONG_FACTORS, str(person.pk))
    audit.write("second factor", by=person.pk, thing=f"person:{person.pk}", kind=row.type)


def _takes(row: Authenticator, digits: str, now: datetime) -> bool:
    """Does this row take these digits? Runs in a transaction that holds the row, so each code is good once."""
    if row.type == Kind.RECOVERY_CODES:
        return bool(row.wrap().validate_code(digits))
    counter = _counter(decrypt(row.data["secret"]), digits, now)
    if counter is None:
        return False
    if counter <= row.data.get("counter", 0):
        raise BadInput(_("This code was used already. Wait for the next one in your app."))
    row.data["counter"] = counter
    row.save(update_fields=["data"])
    return True


def code_of(secret: str, now: datetime) -> str:
    """The code that an app with this secret shows now: six digits."""
    return str(format_hotp_value(hotp_value(secret, _step(now))))


def next_code_in(now: datetime) -> timedelta:
    """How long the code of an app still stands."""
    return timedelta(seconds=mfa.TOTP_PERIOD - int(now.timestamp()) % mfa.TOTP_PERIOD)


def _step(now: datetime) -> int:
    return int(now.timestamp()) // int(mfa.TOTP_PERIOD)


def _counter(secret: str, digits: str, now: datetime) -> int | None:
    """The step whose code this is, one before and one after allowed for clocks that differ (RFC 6238, 5.2)."""
    around = range(_step(now) - mfa.TOTP_TOLERANCE, _step(now) + mfa.TOTP_TOLERANCE + 1)
    fits = [each for each in around if same(digits, format_hotp_value(hotp_value(secret, each)))]
    return max(fits, default=None)

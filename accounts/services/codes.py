"""Signing in by a code: asking for one, and giving it back."""

import secrets
import unicodedata
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person, SignInCode
from accounts.services.people import find_contact_point, open_account
from accounts.signals import code_issued
from accounts.verification.base import address_key, browser_hash, code_hash, methods, same
from accounts.verification.limits import WRONG_FROM_NETWORK, count, count_request, refuse_used_up
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, WrongState

MINUTES = 10
REPLACES = 10


def ask_for_code(
    address: str,
    *,
    browser: str,
    network: str,
    language: str,
    now: datetime,
    method: str = "email",
    person: Person | None = None,
) -> SignInCode:
    """Send a code to an address. What is said and done is the same whether we know the address or not.

    `browser` is a random word that the asking browser keeps: the code is good there alone. Older codes of
    the address die. To a known mailbox the letter goes in the spelling that was shown to be its owner's.
    With `person` the code adds the address to that account, and signs nobody in.
    Raises BadInput, TooMany.
    """
    chosen = methods[method]
    deliverable, key = chosen.deliverable(address), address_key(method, chosen.canonical(address))
    count_request(address_key=key, network=network, now=now)
    known = find_contact_point(address, method=method)
    code = f"{secrets.randbelow(1_000_000):06d}"
    browser_key = browser_hash(browser)
    fresh = SignInCode(
        address_key=key,
        address=deliverable,
        browser_key=browser_key,
        method=method,
        code_hash=code_hash(code, browser_key),
        language=language,
        created_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
        person=person,
    )
    with transaction.atomic():
        _replace(fresh)
        announce(
            code_issued,
            address=known.address if known else deliverable,
            code=code,
            language=language,
            minutes=MINUTES,
            method=method,
        )
        audit.write("ask for code", by=None, thing=f"code:{fresh.pk}", method=method)
    return fresh


def _replace(fresh: SignInCode) -> None:
    """The table holds one code for a mailbox; of several that are asked for at once the last one stays."""
    for attempt in range(REPLACES):
        try:
            with transaction.atomic():
                SignInCode.objects.filter(address_key=fresh.address_key).delete()
                fresh.save(force_insert=True)
                return
        except IntegrityError:
            if attempt == REPLACES - 1:
                raise


def waiting_code(browser: str, *, now: datetime, person: Person | None = None) -> SignInCode | None:
    """The code that this browser asked for and can still give back: to come in, or to add an address of `person`."""
    if not browser:
        return None
    return SignInCode.objects.filter(
        browser_key=browser_hash(browser),
        used_at__isnull=True,
        expires_at__gt=now,
        tries_left__gt=0,
        person=person,
    ).first()


def confirm_code(typed: str, *, browser: str, now: datetime, network: str | None = None) -> Person:
    """Take a code back, once, and say whose it is; whoever comes for the first time gets an account.

    Raises BadInput (try again), WrongState (ask for a new code; or the account is closed), TooMany (of wrong
    codes from this network, when it is known).
    """
    waiting = right_code(typed, browser=browser, now=now, network=network)
    with transaction.atomic():
        use_up(waiting, now=now)
        person = open_account(waiting.address, now=now, language=waiting.language, method=waiting.method)
        if not person.is_active:
            raise WrongState(_("This account is closed. If you think that is a mistake, please write to us."))
        audit.write("sign in", by=person.pk, thing=f"person:{person.pk}", method=waiting.method)
    return person


def right_code(
    typed: str, *, browser: str, now: datetime, network: str | None, person: Person | None = None
) -> SignInCode:
    """The code that waits here, when what was typed is it; not used up yet.

    Each try is counted by one conditional UPDATE before the code is looked at, so parallel tries are as many
    as tries in a row. Raises BadInput (try again), WrongState (ask for a new code), TooMany.
    """
    if network is not None:
        refuse_used_up(WRONG_FROM_NETWORK, network, now=now)
    waiting = waiting_code(browser, now=now, person=person)
    if waiting is None:
        raise WrongState(_("This code is no longer good. Please ask for a new one."))
    alive = _alive(waiting, now)
    if not alive.update(tries_left=F("tries_left") - 1):
        raise WrongState(_("This code is no longer good. Please ask for a new one."))
    if same(code_hash(plain_digits(typed), waiting.browser_key), waiting.code_hash):
        return waiting
    audit.write("wrong code", by=None, thing=f"code:{waiting.pk}")
    if network is not None:
        count(WRONG_FROM_NETWORK, network, now=now)
    if alive.exists():
        raise BadInput(_("This is not the code that we sent. Please look again."))
    raise WrongState(_("That was one try too many. Please ask for a new code."))


def use_up(waiting: SignInCode, *, now: datetime) -> None:
    """The code is good no more; of two right ones at once, one gets through. Raises WrongState."""
    unused = SignInCode.objects.filter(pk=waiting.pk, used_at__isnull=True, expires_at__gt=now)
    if not unused.update(used_at=now):
        raise WrongState(_("This code was used already. Please ask for a new one."))


def _alive(waiting: SignInCode, now: datetime) -> "QuerySet[SignInCode]":
    return SignInCode.objects.filter(
        pk=waiting.pk, used_at__isnull=True, expires_at__gt=now, tries_left__gt=0
    )


def forget_old_codes(*, now: datetime) -> int:
    """Remove the codes that can no longer be used, with their addresses; says how many. For the clock."""
    removed, _by_model = SignInCode.objects.filter(expires_at__lt=now).delete()
    return removed


def plain_digits(typed: str) -> str:
    """The digits of what was typed, in whichever script, without spaces and hyphens."""
    found = (unicodedata.digit(sign, None) for sign in typed)
    return "".join(str(digit) for digit in found if digit is not None)

"""The newsletter's list: asked for, confirmed by the mailbox's owner, left with one click."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from accounts.queries import addresses_of
from accounts.verification.base import address_key, older_address_keys
from accounts.verification.email import Email
from foundation import audit, outbox
from foundation.errors import NotFound
from outreach.models import Reader
from outreach.services.switches import why_channel_stopped

logger = logging.getLogger(__name__)
CONFIRM = "outreach.confirm"
UNCONFIRMED_FOR = timedelta(days=7)
TRIES = 6


def subscribe(agency: Agency, *, address: str, language: str, now: datetime) -> None:
    """Puts a mailbox on the list once its owner has confirmed it by a link in a letter.

    Says the same whether it was on the list before or not. Raises BadInput for what cannot be an address.
    """
    deliverable = Email().deliverable(address)
    key = address_key(Email.key, Email().canonical(deliverable))
    with transaction.atomic():
        try:
            with transaction.atomic():
                reader = Reader.objects.create(
                    agency=agency, address=deliverable, address_key=key, language=language, asked_at=now
                )
        except IntegrityError:
            return
        outbox.put(CONFIRM, {"reader": reader.pk}, due_at=now)
        audit.write("reader.asked", by=None, thing=f"agency:{agency.pk}")


def confirm(code: str, *, now: datetime) -> Reader:
    """The owner of the mailbox said yes. Raises NotFound when the link is too old or was never ours."""
    reader = _reader(code)
    with transaction.atomic():
        if Reader.objects.filter(pk=reader.pk, confirmed_at__isnull=True).update(confirmed_at=now):
            audit.write("reader.confirmed", by=None, thing=f"agency:{reader.agency_id}")
    reader.refresh_from_db()
    return reader


def leave(code: str) -> None:
    """Takes a mailbox off the list and forgets it. Leaving twice is no error."""
    removed, _rows = Reader.objects.filter(code=code).delete()
    if removed:
        audit.write("reader.left", by=None, thing="reader")


def reader_of(code: str) -> Reader:
    """Whose link this is; raises NotFound."""
    return _reader(code)


def forget_reader(person: Person) -> int:
    """An erased person gets no more letters: their mailboxes leave every list, in the caller's transaction."""
    removed, _rows = readers_of(person).delete()
    return removed


def readers_of(person: Person) -> "QuerySet[Reader]":
    """Where this person's mailboxes stand on a list."""
    keys: list[str] = []
    for address in addresses_of(person):
        plain = Email().canonical(address)
        keys += [address_key(Email.key, plain), *older_address_keys(Email.key, plain)]
    return Reader.objects.filter(address_key__in=keys)


def send_confirmations(now: datetime) -> int:
    """Sends the letters that ask for a confirmation, and forgets mailboxes that never answered."""
    Reader.objects.filter(confirmed_at__isnull=True, asked_at__lt=now - UNCONFIRMED_FOR).delete()
    if why_channel_stopped(Email.key):
        return 0
    sent = 0
    for line in outbox.take(CONFIRM, limit=50, now=now):
        reader = Reader.objects.select_related("agency").filter(pk=line.payload["reader"]).first()
        if reader is None or reader.confirmed_at:
            outbox.done(line)
            continue
        try:
            confirmation(reader).send()
        except (OSError, smtplib.SMTPException) as error:
            if line.attempts >= TRIES:
                outbox.give_up(line, error=type(error).__name__)
            else:
                outbox.retry(line, due_at=now + timedelta(minutes=15), error=type(error).__name__)
            continue
        outbox.done(line)
        sent += 1
    return sent


def confirmation(reader: Reader) -> EmailMessage:
    """The letter that asks whether it was really the owner of the mailbox who asked."""
    facts = {
        "agency": reader.agency.name,
        "address": settings.PUBLIC_URL + reverse("outreach:confirm", args=[reader.code]),
    }
    with translation.override(reader.language):
        return EmailMessage(
            subject=_("Please confirm: letters from %(agency)s") % facts,
            body=_(
                "Somebody asked us to send letters from %(agency)s to this address.\n\n"
                "If it was you, open this page and press the button:\n%(address)s\n\n"
                "If not, do nothing. We will not write again.\n"
            )
            % facts,
            to=[reader.address],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _reader(code: str) -> Reader:
    found = Reader.objects.select_related("agency").filter(code=code).first()
    if found is None:
        raise NotFound(_("This link is no longer good. You can ask for the letters again."))
    return found

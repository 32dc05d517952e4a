"""Accounts: connected by an officer who gives a token once; it is sealed and never shown again."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from foundation import audit
from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import tokens
from outreach.channels import channels
from outreach.channels.base import Account, Standing
from outreach.models import ChannelAccount
from outreach.permissions import can_connect
from outreach.services import health


def connect(
    agency: Agency,
    *,
    by: Person,
    channel: str,
    name: str,
    now: datetime,
    base_url: str = "",
    token: str = "",
    languages: Sequence[str] = (),
) -> ChannelAccount:
    """Connects an account after asking the network who we are there.

    Raises NotAllowed, BadInput, WrongState when it is connected already, or what the network answered.
    """
    standing = _asked(agency, by, channel, base_url, token, name)
    unknown = set(languages) - {code for code, _name in settings.LANGUAGES}
    if unknown:
        raise BadInput(_("This site does not speak one of these languages."))
    try:
        with transaction.atomic():
            account = ChannelAccount.objects.create(
                agency=agency,
                channel=channel,
                name=name.strip(),
                base_url=base_url.rstrip("/"),
                sealed_token=tokens.seal(token),
                languages=list(languages),
                token_at=now if token else None,
                connected_at=now,
                **health.facts_of(standing, now),
            )
            audit.write("account.connected", by=by.pk, thing=f"account:{account.pk}", channel=channel)
    except IntegrityError as error:
        raise WrongState(_("There is an account of this name already.")) from error
    return account


def reconnect(account: ChannelAccount, *, by: Person, token: str, now: datetime) -> ChannelAccount:
    """Gives a standing account a new token; what waits goes out then. Raises as `connect` does."""
    standing = _asked(account.agency, by, account.channel, account.base_url, token, account.name)
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=account.pk)
        row.sealed_token = tokens.seal(token)
        row.state, row.paused_until, row.token_at = ChannelAccount.State.CONNECTED, None, now
        for name, value in health.facts_of(standing, now).items():
            setattr(row, name, value)
        row.save()
        audit.write("account.reconnected", by=by.pk, thing=f"account:{row.pk}")
    return row


def switch_off(account: ChannelAccount, *, by: Person, now: datetime) -> ChannelAccount:
    """Takes an account out of use and throws its token away."""
    if not can_connect(by, account.agency_id):
        raise NotAllowed(_("Only press officers of the agency and the centre connect accounts."))
    with transaction.atomic():
        row = ChannelAccount.objects.select_for_update().get(pk=account.pk)
        row.state, row.sealed_token, row.token_at = ChannelAccount.State.OFF, "", None
        row.save(update_fields=["state", "sealed_token", "token_at"])
        audit.write("account.switched_off", by=by.pk, thing=f"account:{row.pk}")
    return row


def reseal_tokens() -> int:
    """Seals every token under the newest key, one row at a time; gives how many."""
    done = 0
    for pk in ChannelAccount.objects.exclude(sealed_token="").values_list("pk", flat=True):
        with transaction.atomic():
            row = ChannelAccount.objects.select_for_update().get(pk=pk)
            row.sealed_token = tokens.sealed_anew(row.sealed_token)
            row.save(update_fields=["sealed_token"])
            done += 1
    return done


def _asked(agency: Agency, by: Person, channel: str, base_url: str, token: str, name: str) -> Standing:
    if not can_connect(by, agency):
        raise NotAllowed(_("Only press officers of the agency and the centre connect accounts."))
    known = channels().get(channel)
    if known is None:
        raise BadInput(_("There is no such channel."))
    if known.caps.needs_address and not base_url:
        raise BadInput(_("This channel needs the address of its server."))
    if known.caps.needs_token and not token:
        raise BadInput(_("This channel needs a token."))
    if not name.strip():
        raise BadInput(_("Give the account a name."))
    return known.check(Account(key=channel, base_url=base_url.rstrip("/"), name=name.strip(), token=token))

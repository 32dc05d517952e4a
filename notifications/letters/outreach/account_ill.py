"""An account of the agency does not work any more: to its press officers, with what to do."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from accounts.queries import members
from accounts.roles import Role
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, language_of, quote, says
from notifications.models import Letter
from outreach.advice import advice
from outreach.models import ChannelAccount
from outreach.words import channel_of


class AccountIll:
    """To press officers of the agency. It cannot be stopped: nobody else would notice."""

    key: ClassVar[str] = "account_ill"
    group: ClassVar[str] = "duties"
    may_be_left: ClassVar[bool] = False
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        ill = ChannelAccount.objects.ill().select_related("agency")
        account = ill.filter(pk=letter.facts.get("account")).first()
        if account is None or thing_of(account) != letter.thing:
            return None
        officers = members(account.agency, Role.PRESS_OFFICER).values_list("pk", flat=True)
        if letter.person_id not in officers:
            return None
        facts = {"account": account.name, "channel": channel_of(account).label}
        return Words(
            subject=_("An account does not work: %(account)s (%(channel)s)") % facts,
            parts=[
                says(_("“%(account)s” on %(channel)s does not work any more. What was said last:") % facts),
                quote(account.last_error),
                says(advice(account, now)),
                goes(_("See the accounts"), here("outreach_accounts")),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for account in ChannelAccount.objects.ill().select_related("agency").order_by("pk"):
            yield from owed(account)


def owed(account: ChannelAccount) -> Iterable[Due]:
    """A letter to each press officer, once for each illness; none while it is well."""
    if account.ill_since is None:
        return
    for person in members(account.agency, Role.PRESS_OFFICER).order_by("pk"):
        yield Due(
            thing=thing_of(account),
            person=person.pk,
            language=language_of(person.language),
            facts={"account": account.pk},
        )


def thing_of(account: ChannelAccount) -> str:
    """This illness, and no later one."""
    since = int(account.ill_since.timestamp()) if account.ill_since else 0
    return f"account:{account.pk}:{since}"


letters.register(AccountIll())

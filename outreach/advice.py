"""What to do about an account, in plain words."""

from datetime import datetime
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from outreach.models import ChannelAccount

State = ChannelAccount.State


def advice(account: ChannelAccount, now: datetime) -> str:
    """The next thing that somebody should do; empty while all is well."""
    server = urlsplit(account.base_url).netloc or _("the mail server")
    if account.state == State.OFF:
        return _("It is switched off. Connect a new account when you want to post here again.")
    if account.state == State.RECONNECT:
        return _("Make a new token on %(server)s and give it below. What waits goes out then.") % {
            "server": server
        }
    if account.ends_soon(now) and account.token_expires_at:
        day = date_format(localtime(account.token_expires_at), "DATE_FORMAT")
        return _("Its token ends on %(day)s. Make a new one on %(server)s and give it below.") % {
            "day": day, "server": server,
        }  # fmt: skip
    if account.is_paused(now):
        return _("Nothing. The network asked us to wait, and it goes on by itself.")
    if account.ill_since:
        return _(
            "See whether %(server)s can be reached. If it can, press “Check now”; if not, call whoever runs it. "
            "What waits is kept and goes out when it works again."
        ) % {"server": server}
    if account.failures:
        return _("Nothing yet. It is tried again by itself.")
    return ""

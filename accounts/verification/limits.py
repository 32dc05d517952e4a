"""How often codes may be asked for and secrets tried: per address, per network, per account, by the hour.

Counted in the database with one conditional UPDATE, so that parallel tries are as many as tries in a row, also
while no cache answers. Nothing but keyed hashes is kept, until the hour is over.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts import conf
from accounts.models import Tally
from foundation import clock
from foundation.errors import PortalError

HOUR = timedelta(hours=1)


class TooMany(PortalError):
    """Asked too often; it works again at `until`, which the words name."""

    status = 429
    title = _("Please wait a while")

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


@dataclass(frozen=True)
class Limit:
    """So many of a kind within a span, which begins with the first. `words` say what was too often, and `%(time)s`."""

    key: str
    most: Callable[[], int]
    words: Promise
    within: timedelta = HOUR


CODES_TO_ADDRESS = Limit(
    "code_to_address",
    conf.codes_per_address_and_hour,
    _("We have sent several codes to this address already. Please try again at %(time)s."),
)
CODES_FOR_NETWORK = Limit(
    "code_for_network",
    conf.codes_per_network_and_hour,
    _("Very many codes were asked for from your network. Please try again at %(time)s."),
)
WRONG_FROM_NETWORK = Limit(
    "wrong_from_network",
    conf.wrong_tries_per_network_and_hour,
    _("Very many wrong tries came from your network. Please try again at %(time)s."),
)
WRONG_PASSWORDS = Limit(
    "wrong_password",
    lambda: 10,
    _("That was too often for this name. Sign in with a code instead, or try again at %(time)s."),
)
WRONG_FACTORS = Limit(
    "wrong_factor",
    lambda: 10,
    _("That was too often. Please try again at %(time)s."),
)


def count_request(*, address_key: str, network: str, now: datetime) -> None:
    """Count one request for a code; raises TooMany for a mailbox or a network that had its share."""
    count(CODES_FOR_NETWORK, network, now=now)
    count(CODES_TO_ADDRESS, address_key, now=now)


def count(limit: Limit, value: str, *, now: datetime) -> None:
    """Count one try before it is looked at; raises TooMany when the share is used up."""
    key = _hashed(limit, value)
    rows = Tally.objects.filter(kind=limit.key, key=key)
    rows.filter(until__lte=now).delete()
    row, _made = Tally.objects.get_or_create(
        kind=limit.key, key=key, defaults={"count": 0, "until": now + limit.within}
    )
    if not rows.filter(count__lt=limit.most()).update(count=F("count") + 1):
        raise refusal(limit, row.until)


def refuse_used_up(limit: Limit, value: str, *, now: datetime) -> None:
    """Raises TooMany when the share is used up; counts nothing. For limits that count what was wrong alone."""
    rows = Tally.objects.filter(kind=limit.key, key=_hashed(limit, value), until__gt=now)
    row = rows.filter(count__gte=limit.most()).first()
    if row is not None:
        raise refusal(limit, row.until)


def refusal(limit: Limit, until: datetime) -> TooMany:
    """What is said, with the minute at which it works again."""
    minute = localtime(until).replace(second=0, microsecond=0) + timedelta(minutes=1)
    return TooMany(str(limit.words) % {"time": time_format(minute.time())}, until)


def forget_count(limit: Limit, value: str) -> None:
    """Begin anew: the right one was given."""
    Tally.objects.filter(kind=limit.key, key=_hashed(limit, value)).delete()


def forget_old_tallies(*, now: datetime) -> int:
    """Remove counts whose time is over; says how many. For the clock."""
    removed, _by_model = Tally.objects.filter(until__lte=now).delete()
    return removed


def say_when(response: HttpResponse, refused: TooMany) -> HttpResponse:
    """The page that tells of it also tells programs, in seconds."""
    response["Retry-After"] = str(max(1, int((refused.until - clock.now()).total_seconds()) + 1))
    return response


def network_of(request: HttpRequest) -> str:
    """The network that a request came from, as /24 or /56; empty where the server does not know.

    The last hop of X-Forwarded-For is believed only where settings say that a proxy stands in front.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2]
    try:
        address = ipaddress.ip_address(seen.strip())
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))


def _hashed(limit: Limit, value: str) -> str:
    return salted_hmac(f"accounts.limit.{limit.key}", value, algorithm="sha256").hexdigest()

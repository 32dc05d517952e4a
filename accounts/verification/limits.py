"""How many codes may be asked for: counted in the cache by the hour, per mailbox and per network."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.conf import codes_per_address_and_hour, codes_per_network_and_hour
from foundation.errors import PortalError

HOUR = 3600


class TooMany(PortalError):
    """Asked too often; a while later it works again."""

    status = 429


def count_request(*, address_key: str, network: str) -> None:
    """Count one request for a code; raises TooMany for a mailbox or a network that had its share.

    Nothing but keyed hashes is kept, for an hour, and an hour begins with its first request.
    """
    if _counted("network", network) > codes_per_network_and_hour():
        raise TooMany(_("Very many codes were asked for from your network. Please try again in an hour."))
    if _counted("address", address_key) > codes_per_address_and_hour():
        raise TooMany(_("We have sent several codes to this address already. Please try again in an hour."))


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


def _counted(what: str, value: str) -> int:
    key = "codes:" + salted_hmac(f"accounts.limit.{what}", value, algorithm="sha256").hexdigest()
    if cache.add(key, 1, HOUR):
        return 1
    try:
        return cache.incr(key)
    except ValueError:
        cache.set(key, 1, HOUR)
        return 1

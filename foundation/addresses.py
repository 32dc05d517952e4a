"""Which addresses the house may ask: public ones, and those that the operator's settings name.

Guards against server-side request forgery: the name is resolved once, every answer must be public, and the
connection goes to the address that was checked. Decimal, octal and IPv6-mapped spellings end there too.
"""

import socket
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

import httpcore
from django.conf import settings

# RFC 6052: IPv4 within IPv6; the last 32 bits are the address that is really asked.
_NAT64 = IPv6Network("64:ff9b::/96")
# RFC 8215: IPv4 within IPv6 for networks of one's own.
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_PIECE = 65_536


class Closed(Exception):
    """The address is not one that the house may ask."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, by IANA's special-purpose registries."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _LOCAL_NAT64 or ip.sixtofour is not None or ip.teredo is not None or ip.is_site_local:
            return False
    return ip.is_global and not (
        ip.is_private
        or ip.is_loopback
        or ip.is_link_local
        or ip.is_multicast
        or ip.is_reserved
        or ip.is_unspecified
    )


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the machine's resolver tells them; OSError when there are none."""
    answers = socket.getaddrinfo(host.rstrip("."), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_listed(host: str, port: int) -> bool:
    """Whether HTTP_ALLOW_PRIVATE names this `host:port` (`[::1]:8000` for IPv6)."""
    name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return name.lower() in {listed.strip().lower() for listed in settings.HTTP_ALLOW_PRIVATE}


class Line(httpcore.NetworkBackend):
    """Opens connections for one request: only to checked addresses, and none lives beyond the deadline.

    `deadline` is on `time.monotonic()`. `sent` says whether a byte of the request may have left the house.
    """

    def __init__(self, *, allow_private: bool | None, deadline: float) -> None:
        self.allow_private = allow_private
        self.deadline = deadline
        self.sent = False
        self._wire = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolves once, checks every answer, then connects to the first that listens."""
        try:
            found = resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        if not self._open(host, port) and not all(is_public(address) for address in found):
            raise Closed(host)
        failure: Exception = httpcore.ConnectError("no address")
        for address in found:
            try:
                stream = self._wire.connect_tcp(address, port, self.left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self)
        raise failure

    def left(self) -> float:
        """Seconds until the deadline; httpcore.ReadTimeout when it has passed."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left

    def _open(self, host: str, port: int) -> bool:
        return is_listed(host, port) if self.allow_private is None else self.allow_private


class _Stream(httpcore.NetworkStream):
    """A connection whose every read and write ends at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._line.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.sent = self._line.sent or bool(buffer)
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], self._line.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._line.left())
        return _Stream(secured, self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

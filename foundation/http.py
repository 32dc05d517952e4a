"""The one way out: every request to a service outside the house goes through `request`.

It has a deadline and a size limit, asks no private address (see `addresses`), and says plainly how it ended:
a `Reply`, or one of four errors. Only a definite refusal is `Refused`; whatever may or may not have been done
over there is `Unknown`, and must be looked up before it is tried again.
"""

import json as json_words
import re
import ssl
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from foundation import addresses, clock
from foundation.errors import OutsideError

MAX_REDIRECTS = 3
PAUSE = timedelta(minutes=5)  # when 429 does not say how long
LONGEST_PAUSE = timedelta(days=1)
_SAFE = {"GET", "HEAD"}
_MOVED = {301, 302, 303, 307, 308}
_MAYBE_DONE = {302, 303, 408, 425}  # the other side may have acted; 5xx too
_BEGINNING = 2_000  # bytes of a refusal that are kept
_HOST = re.compile(r"[a-z0-9._-]+")
_FOR_ANYBODY = {"accept", "accept-language", "if-modified-since", "if-none-match", "user-agent"}


class Refused(OutsideError):
    """A definite no: nothing was done over there. `status` is theirs (0: we did not even ask)."""

    def __init__(self, status: int, message: str, answer: str = "") -> None:
        super().__init__(message, permanent=True)
        self.status = status
        self.answer = answer  # the beginning of their words, for an officer's eyes


class AuthExpired(OutsideError):
    """Our token is no longer accepted: the account stays off until it is connected again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class RateLimited(OutsideError):
    """We asked too often: nothing was done, and nothing is to be asked before `until`."""

    def __init__(self, until: datetime, message: str = "") -> None:
        super().__init__(message or _("We have to wait before we may ask again."))
        self.until: datetime = until


class Unknown(OutsideError):
    """Nobody knows whether it was done. `sent` is False when surely no byte of the request left the house."""

    def __init__(self, message: str, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


@dataclass(frozen=True)
class Reply:
    """An answer with a status below 300 (or 304). `headers` do not mind upper and lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str

    @property
    def text(self) -> str:
        """The content as text, in the encoding it names, else UTF-8; broken bytes become �."""
        _kind, _sep, charset = self.headers.get("content-type", "").lower().partition("charset=")
        try:
            return self.content.decode(charset.split(";")[0].strip(" \"'") or "utf-8", "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The content read as JSON; Unknown when it is not JSON, for then nobody knows what was meant."""
        try:
            return json_words.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise Unknown(_unreadable(self.url)) from error


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    data: Any = None,
    files: Any = None,
    timeout: float = 10.0,
    max_bytes: int = 2_000_000,
    allow_private: bool | None = None,
) -> Reply:
    """Asks a service outside the house and waits at most `timeout` seconds in all for at most `max_bytes`.

    GET and HEAD follow up to three redirects, each checked like the first; to another origin no token or
    cookie goes along. Nothing else is ever sent twice. Raises Refused, AuthExpired (401), RateLimited (429)
    or Unknown (408, 425, 5xx, a redirect that may follow an act, no whole answer).
    `allow_private`: None asks HTTP_ALLOW_PRIVATE, False refuses private addresses always, True is for tests.
    """
    method, line = (
        method.upper(),
        addresses.Line(allow_private=allow_private, deadline=time.monotonic() + timeout),
    )
    asked = _request(method, url, headers=_ours(headers), json=json, data=data, files=files)
    for _hop in range(MAX_REDIRECTS + 1):
        reply = _exchange(asked, line, max_bytes)
        if reply.status not in _MOVED or method not in _SAFE or "location" not in reply.headers:
            return _judged(reply, method)
        asked = _request(method, *_next(asked, reply.headers["location"]))
        line.allow_private = None if allow_private else allow_private
    raise Refused(reply.status, _("%(host)s sends us round in circles.") % {"host": asked.url.host})


def _request(method: str, url: str | httpx.URL, headers: httpx.Headers, **body: Any) -> httpx.Request:
    if isinstance(body.get("data"), (bytes, str)):
        body["content"] = body.pop("data")
    try:
        made = httpx.Request(method, url, headers=headers, **body)
        if not _is_plain(made.url):
            raise httpx.InvalidURL("scheme, user, host or port")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Refused(0, _("This is not an address that we can ask.")) from error
    return made


def _is_plain(url: httpx.URL) -> bool:
    host = url.raw_host.decode("ascii")
    return (
        url.scheme in {"http", "https"}
        and not url.userinfo
        and (":" in host or bool(_HOST.fullmatch(host)))
        and (url.port is None or 0 < url.port < 65_536)
    )


def _ours(headers: Mapping[str, str] | None) -> httpx.Headers:
    ours = httpx.Headers({"accept": "*/*", "user-agent": f"Samvad (+{settings.PUBLIC_URL})"})
    ours.update(httpx.Headers(headers or {}))
    ours.update({"accept-encoding": "identity", "connection": "close"})
    return ours


def _next(asked: httpx.Request, location: str) -> tuple[httpx.URL, httpx.Headers]:
    try:
        url = asked.url.join(location)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Refused(0, _("This is not an address that we can ask.")) from error
    headers = httpx.Headers(asked.headers)
    del headers["host"]
    if (url.scheme, url.host, url.port) != (asked.url.scheme, asked.url.host, asked.url.port):
        headers = _ours({name: value for name, value in headers.items() if name in _FOR_ANYBODY})
    return url, headers


def _exchange(asked: httpx.Request, line: addresses.Line, max_bytes: int) -> Reply:
    """One request and its whole answer, whatever its status; Refused or Unknown when there is none."""
    host = asked.url.host
    line.sent = False
    url = httpcore.URL(
        scheme=asked.url.raw_scheme, host=asked.url.raw_host, port=asked.url.port, target=asked.url.raw_path
    )
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=line) as pool,
            pool.stream(asked.method, url, headers=asked.headers.raw, content=asked.read()) as answer,
        ):
            whole = answer.status < 300
            content = _within(answer, max_bytes, str(asked.url)) if whole else _beginning(answer)
    except addresses.Closed as error:
        raise Refused(0, _("%(host)s is not a public address; we do not ask it.") % {"host": host}) from error
    except httpcore.LocalProtocolError as error:
        raise Refused(0, _("This request cannot be written down.")) from error
    except httpcore.TimeoutException as error:
        raise Unknown(_("%(host)s did not answer in time.") % {"host": host}, sent=line.sent) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unknown(_("The connection to %(host)s failed.") % {"host": host}, sent=line.sent) from error
    return Reply(answer.status, httpx.Headers(answer.headers), content, str(asked.url))


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _within(answer: httpcore.Response, max_bytes: int, url: str) -> bytes:
    too_much = _("%(host)s answered with more than we take.") % {"host": httpx.URL(url).host}
    content = bytearray()
    for piece in answer.iter_stream():
        content += piece
        if len(content) > max_bytes:
            raise Unknown(too_much)
    packed = httpx.Headers(answer.headers).get("content-encoding", "identity").strip().lower()
    if packed in {"identity", ""} or not content:
        return bytes(content)
    if packed not in {"gzip", "x-gzip", "deflate"}:
        raise Unknown(_unreadable(url))
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(bytes(content), max_bytes + 1)
    except zlib.error as error:
        raise Unknown(_unreadable(url)) from error
    if len(plain) > max_bytes:
        raise Unknown(too_much)
    if not unpacker.eof:
        raise Unknown(_unreadable(url))
    return plain


def _beginning(answer: httpcore.Response) -> bytes:
    """The first words of an answer whose status has said enough; however it goes on, the status stands."""
    content = bytearray()
    try:
        for piece in answer.iter_stream():
            content += piece
            if len(content) >= _BEGINNING:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        pass
    return bytes(content[:_BEGINNING])


def _judged(reply: Reply, method: str) -> Reply:
    host, status = {"host": httpx.URL(reply.url).host}, reply.status
    if status < 300 or status == 304:
        return reply
    if status == 401:
        raise AuthExpired(_("%(host)s no longer accepts our account.") % host)
    if status == 429:
        raise RateLimited(_until(reply.headers), _("%(host)s asks us to wait.") % host)
    if status >= 500 or status in _MAYBE_DONE:
        raise Unknown(_("%(host)s could not say whether it worked.") % host)
    raise Refused(status, _("%(host)s refused what we sent.") % host, answer=reply.text[:500])


def _until(headers: Mapping[str, str]) -> datetime:
    """The moment that a 429 names, in a second to a day from now (five minutes when it names none).

    Read from Retry-After (RFC 9110: seconds or a date), else from the reset headers that Mastodon (ISO 8601),
    X and Bluesky (seconds since 1970) send.
    """
    now = clock.now()
    names = ("retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
    said = next((headers[name].strip() for name in names if name in headers), "")
    try:
        if said.isdecimal():
            seconds = int(said)
            since_1970 = seconds > 1_000_000_000
            until = datetime.fromtimestamp(seconds, UTC) if since_1970 else now + timedelta(seconds=seconds)
        elif said[:4].isdecimal():
            until = datetime.fromisoformat(said)
        else:
            until = parsedate_to_datetime(said)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        until = now + PAUSE
    return min(max(until, now + timedelta(seconds=1)), now + LONGEST_PAUSE)


def _unreadable(url: str) -> str:
    return _("%(host)s answered in a way that we cannot read.") % {"host": httpx.URL(url).host}

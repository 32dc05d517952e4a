"""Mastodon, and every server that speaks its API.

It keeps an Idempotency-Key for about an hour, and some servers ignore it, so our own statuses are
looked through before any second try. Scheduling is ours: `scheduled_at` would switch the key off.
Reference: https://docs.joinmastodon.org/methods/statuses/ (read 2026-11).
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import http
from foundation.errors import OutsideError
from foundation.http import AuthExpired, Refused, Unknown
from outreach.channels import register
from outreach.channels._lengths import mastodon_length
from outreach.channels._plain import canonical, words_of
from outreach.channels.base import (
    Account,
    Attempt,
    Basic,
    Caps,
    Part,
    Receipt,
    Reply,
    ReplyPage,
    Standing,
    Verified,
)

LIMIT = 500
PAGE = 40
PAGES = 5
CLOCKS_DIFFER = timedelta(minutes=2)
GONE = (404, 410)
PUBLIC = ("public", "unlisted")
READS = 3


class Mastodon(Basic):
    """Posts in public, looks before it sends again, takes back, counts, and hears public answers."""

    key = "mastodon"
    label = _("Mastodon and the fediverse")
    caps = Caps(
        limit=LIMIT,
        counts=_("letters as people see them; a link counts 23"),
        threads=True,
        can_find=True,
        can_delete=True,
        can_listen=True,
        needs_address=True,
        needs_token=True,
        verified=Verified(
            how=Verified.REAL,
            by="snac2 2.96",
            source="https://docs.joinmastodon.org/methods/statuses/",
            on=date(2026, 11, 21),
        ),
    )

    def count(self, part: Part) -> int:
        return mastodon_length(part.text)

    def check(self, account: Account) -> Standing:
        me = self._me(account)
        return Standing(name=str(me.get("acct", "")), url=str(me.get("url", "")), limit=self._limit(account))

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        words: dict[str, Any] = {
            "status": part.text,
            "language": part.language.split("-")[0].lower(),
            "visibility": "public",
        }
        if attempt.previous:
            words["in_reply_to_id"] = attempt.previous.remote_id
        answer = http.request(
            "POST",
            _url(attempt.account, "/api/v1/statuses"),
            headers=_headers(attempt.account) | {"Idempotency-Key": attempt.idempotency_key},
            json=words,
        )
        return _receipt(answer.json())

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        since = attempt.since - CLOCKS_DIFFER
        for status in self._own(attempt.account, since=since):
            if str(status.get("id")) not in attempt.taken and is_ours(status, part):
                return _receipt(status)
        return None

    def delete(self, receipt: Receipt, account: Account) -> None:
        try:
            http.request("DELETE", _status_url(account, receipt.remote_id), headers=_headers(account))
        except Refused as error:
            if error.status not in GONE:
                raise

    def metrics(self, receipt: Receipt, account: Account) -> dict[str, int]:
        status = self._read(account, _status_url(account, receipt.remote_id))
        names = {"favourites_count": "likes", "reblogs_count": "shares", "replies_count": "replies"}
        return {ours: int(status.get(theirs) or 0) for theirs, ours in names.items()}

    def replies(self, account: Account, cursor: str, watched: Sequence[Receipt]) -> ReplyPage:
        if not watched:
            return ReplyPage(cursor=cursor)
        me = str(self._me(account).get("id", ""))
        found: dict[str, Reply] = {}
        for receipt in watched:
            try:
                context = self._read(account, _status_url(account, receipt.remote_id) + "/context")
            except Refused as error:
                if error.status in GONE:
                    continue
                raise
            for status in context.get("descendants") or []:
                reply = heard(status, me=me, watched=receipt.remote_id)
                if reply is not None:
                    found.setdefault(reply.external_id, reply)
        return ReplyPage(tuple(found.values()), cursor)

    def is_gone(self, account: Account, *, remote_id: str, uri: str) -> bool:
        """Our server may keep a copy that nobody told to go, so the reply's own server is asked as well."""
        try:
            self._read(account, _status_url(account, remote_id))
        except Refused as error:
            return error.status in GONE
        if not uri:
            return False
        try:
            http.request("GET", uri, headers={"Accept": "application/activity+json"}, timeout=5.0)
        except Refused as error:
            return error.status in GONE
        except OutsideError:
            return False
        return False

    def _me(self, account: Account) -> dict[str, Any]:
        try:
            found = self._read(account, _url(account, "/api/v1/accounts/verify_credentials"))
        except Refused as error:
            # snac2 2.96 says 422, not 401, when the token is unknown to it.
            if error.status in (403, 422):
                raise AuthExpired(gettext("The network does not know our key any more.")) from error
            raise
        return dict(found)

    def _limit(self, account: Account) -> int:
        try:
            told = self._read(account, _url(account, "/api/v2/instance"))
        except Refused as error:
            if error.status not in GONE:
                raise
            told = self._read(account, _url(account, "/api/v1/instance"))
        statuses = (told.get("configuration") or {}).get("statuses") or {}
        return int(statuses.get("max_characters") or told.get("max_toot_chars") or LIMIT)

    def _own(self, account: Account, *, since: datetime) -> Iterator[dict[str, Any]]:
        """Our own statuses from the newest back to `since`; Unknown when we cannot look back that far."""
        me = quote(str(self._me(account).get("id", "")), safe="")
        path = f"/api/v1/accounts/{me}/statuses?limit={PAGE}&exclude_reblogs=true"
        below = ""
        for _page in range(PAGES):
            statuses = self._read(account, _url(account, path + (f"&max_id={quote(below)}" if below else "")))
            if not statuses:
                return
            for status in statuses:
                at = _moment(status.get("created_at"))
                if at is not None and at < since:
                    return
                yield status
            if str(statuses[-1].get("id")) == below:
                break
            below = str(statuses[-1].get("id"))
        raise Unknown(gettext("There are too many newer posts to tell whether this one is among them."))

    def _read(self, account: Account, url: str) -> Any:
        """A GET changes nothing, so a lost answer is simply asked for again, at once and a few times."""
        for attempt in range(1, READS + 1):
            try:
                return http.request("GET", url, headers=_headers(account)).json()
            except Unknown:
                if attempt == READS:
                    raise
        raise Unknown(gettext("The network did not answer."))


def is_ours(status: dict[str, Any], part: Part) -> bool:
    """Whether a status says the words of this part, whatever the server made of their punctuation."""
    ours = canonical(part.text)
    shown, typed = str(status.get("content") or ""), str(status.get("text") or "")
    if not ours:
        return part.text == typed
    return ours in (canonical(shown, html=True), canonical(typed))


def heard(status: dict[str, Any], *, me: str, watched: str) -> Reply | None:
    """A public answer by somebody else, without who it was; None for our own, private and empty ones."""
    author = str((status.get("account") or {}).get("id", ""))
    text = words_of(str(status.get("content") or ""))
    uri, url = _address(status.get("uri")), _address(status.get("url"))
    at = _moment(status.get("created_at"))
    if author == me or status.get("visibility") not in PUBLIC or not text or not (uri or url) or at is None:
        return None
    return Reply(
        external_id=hashlib.sha256((uri or url).encode()).hexdigest(),
        remote_id=str(status.get("id", "")),
        uri=uri,
        url=url or uri,
        text=text,
        at=at,
        language=str(status.get("language") or ""),
        in_reply_to=str(status.get("in_reply_to_id") or ""),
        watched=watched,
    )


def _receipt(status: Any) -> Receipt:
    if not isinstance(status, dict) or not status.get("id"):
        raise Unknown(gettext("The network said yes, but did not say what it published."))
    url = _address(status.get("url")) or _address(status.get("uri"))
    return Receipt(remote_id=str(status["id"]), url=url, uri=_address(status.get("uri")))


def _headers(account: Account) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {account.token}",
        "Accept": "application/json",
    }


def _url(account: Account, path: str) -> str:
    return account.base_url.rstrip("/") + path


def _status_url(account: Account, remote_id: str) -> str:
    return _url(account, f"/api/v1/statuses/{quote(remote_id, safe='')}")


def _address(value: Any) -> str:
    address = str(value or "")
    return address if urlsplit(address).scheme in ("http", "https") else ""


def _moment(value: Any) -> datetime | None:
    """A network's time; None when it cannot be read."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


register(Mastodon())

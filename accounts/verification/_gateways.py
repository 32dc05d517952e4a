"""How a text message leaves the house: through a gateway over HTTP, or into a file that stands in for one.

SMS_URL says which: `https://TOKEN@gateway.example/send` asks a gateway, `file:///folder` writes files.
"""

import json
import logging
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from accounts import conf
from foundation import http
from foundation.errors import OutsideError

logger = logging.getLogger(__name__)


def hand_over(to: str, text: str, *, key: str) -> None:
    """Hands one message to the gateway; returns when it took it.

    Raises foundation.http's Refused, AuthExpired (a wrong token), RateLimited and Unknown, or OutsideError where
    SMS_URL names nothing that we can use. `key` is the same at each try, for gateways that drop doubles.
    """
    parts = urlsplit(conf.sms_url())
    if parts.scheme == "file":
        _into_file(Path(unquote(parts.path)), to, text, key)
    elif parts.scheme in ("http", "https") and parts.hostname:
        _over_http(parts.scheme, parts.netloc, urlunsplit(parts), to, text, key)
    else:
        raise OutsideError(_("No gateway for text messages is set up."), permanent=True)


def _over_http(scheme: str, netloc: str, url: str, to: str, text: str, key: str) -> None:
    """POST of `{"to", "text", "from"}` as JSON, with `Authorization: Bearer TOKEN` and `Idempotency-Key`."""
    token, at, host = netloc.rpartition("@")
    headers = {"Idempotency-Key": key}
    if at:
        headers["Authorization"] = f"Bearer {unquote(token)}"
        url = url.replace(f"//{netloc}", f"//{host}", 1)
    http.request("POST", url, headers=headers, json={"to": to, "text": text, "from": conf.sms_sender()})


def _into_file(folder: Path, to: str, text: str, key: str) -> None:
    """One file of JSON for each message; for a developer's machine and for tests."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key}.json").write_text(json.dumps({"to": to, "text": text}, ensure_ascii=False))
    except OSError as error:
        raise OutsideError(_("The folder for text messages cannot be written.")) from error
    logger.info("A text message stands in a file", extra={"file": f"{key}.json"})

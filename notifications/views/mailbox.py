"""The letters that were written and not sent, on a developer's machine: so that one can read the sign-in code."""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications import conf

BETWEEN = re.compile(rb"^-{79}$", re.MULTILINE)
"""What Django's file backend writes between letters."""


@dataclass(frozen=True)
class Kept:
    """One letter as it lies in the folder."""

    to: str
    subject: str
    text: str


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest letters as text; 404 where letters are really sent."""
    folder = conf.mailbox()
    if not folder:
        raise Http404
    response = render(request, "notifications/mailbox.html", {"letters": newest(Path(folder))})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def newest(folder: Path, most: int = conf.SHOWN_IN_MAILBOX) -> list[Kept]:
    """The newest letters in a folder of Django's file backend, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    found: list[Kept] = []
    for path in files:
        raw = [part.strip() for part in BETWEEN.split(path.read_bytes())]
        found += [_read(part) for part in reversed(raw) if part]
        if len(found) >= most:
            break
    return found[:most]


def _read(raw: bytes) -> Kept:
    message = email.message_from_bytes(raw, policy=policy.default)
    part = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    text = part.get_content() if part is not None else ""
    return Kept(to=str(message["To"] or ""), subject=str(message["Subject"] or ""), text=text)

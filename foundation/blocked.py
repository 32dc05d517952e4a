"""What browsers report of our content policy: taken down by kind of page, without reader, address or query.

Both forms are read: `application/csp-report` (report-uri) and `application/reports+json` (the Reporting API).
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import Resolver404, resolve

from foundation.errors import BadInput
from foundation.models import BlockedContent

LARGEST = 16_384
MOST_KINDS = 500
_DIRECTIVE = re.compile(r"[a-z][a-z-]{0,39}")


def note(raw: bytes, *, host: str, now: datetime) -> int:
    """Counts the reports about pages of `host`; gives how many it took. Raises BadInput for what is no report.

    At most MOST_KINDS kinds are kept, so that a flood of invented reports fills nothing.
    """
    if len(raw) > LARGEST:
        raise BadInput("The report is too long.")
    try:
        told = json.loads(raw)
    except ValueError as error:
        raise BadInput("This is not JSON.") from error
    found = [kind for kind in _kinds(told, host) if kind]
    return sum(_count(*kind, now=now) for kind in found)


def _kinds(told: Any, host: str) -> Iterator[tuple[str, str, str] | None]:
    reports = told if isinstance(told, list) else [told]
    for report in reports[:20]:
        if not isinstance(report, dict):
            raise BadInput("This is not a report.")
        body = report.get("csp-report") or report.get("body") or {}
        if not isinstance(body, dict):
            raise BadInput("This is not a report.")
        yield _kind({key.replace("-", "").lower(): str(value) for key, value in body.items()}, host)


def _kind(body: dict[str, str], host: str) -> tuple[str, str, str] | None:
    directive = (body.get("effectivedirective") or body.get("violateddirective") or "").split(" ")[0]
    page = _page(body.get("documenturi") or body.get("documenturl") or "", host)
    if not _DIRECTIVE.fullmatch(directive) or page is None:
        return None
    return directive, _source(body.get("blockeduri") or body.get("blockedurl") or ""), page


def _page(address: str, host: str) -> str | None:
    """The name of our view: an address may hold the code of a receipt."""
    try:
        parts = urlsplit(address)
        return resolve(parts.path).view_name[:100] if parts.netloc == host else None
    except (ValueError, Resolver404):
        return None


def _source(blocked: str) -> str:
    """A keyword such as `inline`, or scheme and host."""
    try:
        parts = urlsplit(blocked)
    except ValueError:
        return "unreadable"
    return f"{parts.scheme}://{parts.netloc}"[:200] if parts.netloc else (parts.scheme or parts.path)[:40]


def _count(directive: str, blocked: str, page: str, *, now: datetime) -> int:
    same = BlockedContent.objects.filter(directive=directive, blocked=blocked, page=page)
    if same.update(times=F("times") + 1, last_at=now):
        return 1
    if BlockedContent.objects.count() >= MOST_KINDS:
        return 0
    try:
        with transaction.atomic():
            BlockedContent.objects.create(
                directive=directive, blocked=blocked, page=page, first_at=now, last_at=now
            )
    except IntegrityError:
        same.update(times=F("times") + 1, last_at=now)
    return 1

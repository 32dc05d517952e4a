"""What this room offers to editors' pages: ideas, the newest and the most supported."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution
from foundation import clock
from foundation.listings import Listing, listings
from ideas import queries
from ideas.views import rows


def _offer(key: str, label: Promise, found: Callable[[datetime], "QuerySet[Contribution]"]) -> None:
    def lines(request: HttpRequest | None, most: int) -> list[dict[str, Any]]:
        now = clock.now()
        return rows.rows(found(now)[:most], now)

    listings.register(Listing(key, label, lines, "ideas:index"))


_offer("ideas.newest", _("The newest ideas"), queries.newest)
_offer("ideas.supported", _("The most supported ideas"), queries.most_supported)

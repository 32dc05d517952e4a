"""Agencies: who asks, and what they promise."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from api import shown
from api.nouns import Noun, Shown, nouns
from api.schema import MOMENT, InLanguage, Named, means
from consultations.models import AgencyPage


class WhichAgencies(InLanguage):
    """All of them; only the language of their names can be chosen."""


class AgencyOut(Named):
    """An agency and its promise."""

    url: str = means("Address of its page; empty while it has none", "https://samvad.example/en/water/")
    response_days: int = means("Within how many days after the close it promises an answer", 60)
    moderation_hours: int = means("Within how many hours it promises a decision about words that wait", 24)
    opened_at: datetime = means("Since when it asks here", MOMENT)


class Agencies(Noun[Agency]):
    """All of them, by their slugs."""

    key = "agencies"
    one = "agency"
    words = _("Agencies")
    about = _("Who asks and owes the answer, and how soon they promise it.")
    item = whole = AgencyOut
    which = WhichAgencies
    by = ("slug",)

    def rows(self, which: Any, now: datetime) -> "QuerySet[Agency]":
        return Agency.objects.all()

    def find(self, key: str, now: datetime) -> "QuerySet[Agency]":
        return Agency.objects.filter(slug=key)

    def shown(self, rows: Sequence[Agency], language: str, now: datetime) -> Iterable[Shown]:
        pages = AgencyPage.objects.live().public().filter(agency__in=rows, locale__language_code=language)
        there = {page.agency_id: page for page in pages}
        for row in rows:
            page = there.get(row.pk)
            yield {
                "slug": row.slug,
                "name": page.title if page else row.name,
                "url": shown.full(page.get_url() or "") if page else "",
                "response_days": row.response_days,
                "moderation_hours": row.moderation_hours,
                "opened_at": row.opened_at,
            }


nouns.register(Agencies())

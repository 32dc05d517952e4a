"""The Atom feed (RFC 4287): what was published there, with the register's newest head printed in it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from accounts.models import Agency
from outreach import queries
from outreach.models import Delivery
from records import services as records

NAMESPACE = "https://samvad.example/ns/records"


class WithHead(Atom1Feed):
    """Atom with the head of the register, and the language of each entry."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:samvad": NAMESPACE}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("samvad:head", self.feed["record_head"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {**super().item_attributes(item), "xml:lang": item["lang"]}


class Everything(Feed):
    """Every agency's entries; `?language=hi` keeps those in one language."""

    feed_type = WithHead

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "max-age=60"
        return response

    def get_object(self, request: HttpRequest, slug: str = "") -> dict[str, Any]:
        agency = get_object_or_404(Agency, slug=slug) if slug else None
        asked = request.GET.get("language", "")
        return {"agency": agency, "language": asked if asked in dict(settings.LANGUAGES) else ""}

    def title(self, asked: dict[str, Any]) -> str:
        agency = asked["agency"]
        site = settings.WAGTAIL_SITE_NAME
        return _("%(agency)s on %(site)s") % {"agency": agency.name, "site": site} if agency else site

    def subtitle(self, asked: dict[str, Any]) -> str:
        words = _("What was asked, answered and decided. Newest line of the public register: %(head)s")
        return words % {"head": records.head()}

    def link(self, asked: dict[str, Any]) -> str:
        return f"{settings.PUBLIC_URL}/"

    def feed_url(self, asked: dict[str, Any]) -> str:
        agency = asked["agency"]
        name, args = ("outreach:agency_feed", [agency.slug]) if agency else ("outreach:feed", [])
        return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"

    def feed_guid(self, asked: dict[str, Any]) -> str:
        return self.feed_url(asked)

    def feed_extra_kwargs(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"record_head": str(records.head())}

    def items(self, asked: dict[str, Any]) -> "QuerySet[Delivery]":
        return queries.feed_entries(agency=asked["agency"], language=asked["language"])

    def item_title(self, item: Delivery) -> str:
        return item.title

    def item_description(self, item: Delivery) -> str:
        return item.text

    def item_link(self, item: Delivery) -> str:
        return item.link or f"{settings.PUBLIC_URL}/"

    def item_guid(self, item: Delivery) -> str:
        return item.remote_id

    def item_author_name(self, item: Delivery) -> str:
        return item.account.agency.name

    def item_pubdate(self, item: Delivery) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Delivery) -> datetime | None:
        return item.published_at

    def item_extra_kwargs(self, item: Delivery) -> dict[str, Any]:
        return {"lang": item.language}


_feed = Everything()


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All agencies."""
    return _feed(request)


@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One agency."""
    return _feed(request, slug=slug)

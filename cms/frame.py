"""What the frame of every page shows of this room: lines in masthead and foot, other ways to take part, the alert.

Asked once for each request, with four queries at most.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms.models import HomePage, NavigationLine, NewsIndexPage, StandardPage
from foundation import clock
from foundation.prepared import prepared

Links = list[dict[str, str]]
KEPT = "_frame_of_cms"


@dataclass(frozen=True)
class Frame:
    """Links by place; words of the opening page in the reader's language; the alert, or nothing."""

    links: dict[str, Links] = field(default_factory=dict)
    other_ways: str = ""
    alert: dict[str, str] | None = None


def frame(request: HttpRequest | None) -> Frame:
    """What stands there for this reader; the second time it costs nothing."""
    found: Frame | None = getattr(request, KEPT, None)
    if found is None:
        language = get_language() or "en"
        homes = {page.locale.language_code: page for page in _homes()}
        own = homes.get(language)
        found = Frame(
            links=_links(language, request),
            other_ways=own.other_ways if own else "",
            alert=_alert(homes, language, clock.now(), request),
        )
        if request is not None:
            setattr(request, KEPT, found)
    return found


@prepared
def _homes() -> "QuerySet[HomePage]":
    return HomePage.objects.live().select_related("locale").defer("body")


@prepared
def _lines() -> "QuerySet[NavigationLine, tuple[str, UUID]]":
    return NavigationLine.objects.values_list("place", "page__translation_key")


@prepared
def _pages(language: str, chosen: list[UUID], kinds: list[int]) -> "QuerySet[Page]":
    """Pages that stand in menus, and those that an administrator chose."""
    pages = Page.objects.live().filter(locale__language_code=language).order_by("path")
    return pages.filter(Q(show_in_menus=True, content_type__in=kinds) | Q(translation_key__in=chosen))


def _links(language: str, request: HttpRequest | None) -> dict[str, Links]:
    chosen = _lines()
    kinds = ContentType.objects.get_for_models(StandardPage, NewsIndexPage).values()
    found = _pages(language, [key for _place, key in chosen], sorted(kind.pk for kind in kinds))
    by_key = {page.translation_key: page for page in found}
    named = {key for _place, key in chosen}
    links: dict[str, Links] = {}
    for place, key in chosen:
        if key in by_key:
            links.setdefault(place, []).append(_link(by_key[key], request))
    others = [_link(page, request) for page in found if page.translation_key not in named]
    links["your_rights"] = [*links.get("your_rights", []), *others]
    return links


def _link(page: Page, request: HttpRequest | None) -> dict[str, str]:
    return {"url": page.get_url(request) or "", "label": page.title}


def _alert(
    homes: dict[str, HomePage], language: str, now: datetime, request: HttpRequest | None
) -> dict[str, Any] | None:
    """In the reader's language; danger is told in another one rather than not at all."""
    standing = [home for home in homes.values() if _stands(home, now)]
    if not standing:
        return None
    home = next((one for one in standing if one.locale.language_code == language), standing[0])
    page = Page.objects.live().filter(pk=home.alert_page_id).first() if home.alert_page_id else None
    return {
        "title": home.alert_title,
        "text": home.alert_text,
        "url": (page.get_url(request) or "") if page else "",
        "link": page.title if page else "",
        "lang": home.locale.language_code,
    }


def _stands(home: HomePage, now: datetime) -> bool:
    return bool(home.alert_title) and home.alert_until is not None and home.alert_until > now

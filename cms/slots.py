"""What this room puts into places: the lists of the opening page, and the standing pages in the foot."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms import queries
from cms.views.home import lists
from cms.views.pages import news, way_back
from foundation import slots


def standing_pages(request: HttpRequest | None) -> dict[str, Any]:
    """One's own page, and the pages that are shown in menus."""
    links = [{"url": reverse("accounts:home"), "label": _("What we know about you")}]
    for page in queries.in_menus(get_language() or "en"):
        links.append({"url": page.get_url(request) or "", "label": page.title})
    return {"links": links}


slots.put("cms.home", template="cms/_home_lists.html", order=10, context=lists)
slots.put("cms.crumbs", template="cms/_crumbs.html", order=10, context=way_back)
slots.put("cms.news", template="cms/_news.html", order=10, context=news)
slots.put("foot.your_rights", template="cms/_foot.html", order=50, context=standing_pages)

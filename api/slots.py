"""What this room shows at the end of public pages: the same as data, and what its fields mean."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api import routes
from api.nouns import nouns
from api.schema import InLanguage
from consultations.models import AgencyPage, ConsultationPage, Outcome, OutcomePage, Topic
from foundation import slots

Narrowed = dict[str, str]
LISTS: dict[str, tuple[str, Narrowed]] = {
    "consultations:index": ("consultations", {"state": "open"}),
    "consultations:upcoming": ("consultations", {"state": "upcoming"}),
    "consultations:closed": ("consultations", {"state": "closed"}),
    "consultations:overdue": ("consultations", {"state": "overdue"}),
    "consultations:answered": ("consultations", {"state": "answered"}),
    "consultations:outcomes": ("outcomes", {}),
    "ideas:index": ("contributions", {"kind": "idea"}),
    "posts:index": ("posts", {}),
    "records:index": ("records", {}),
}
"""Pages that list, and the list of the same as data."""
KEPT = {"consultations": ("agency", "topic"), "posts": ("agency", "channel")}
"""What narrows a page and, under the same name, its data."""
PAGES: dict[type, tuple[str, Callable[[Any], Any]]] = {
    ConsultationPage: ("consultations", lambda page: page.translation_key),
    OutcomePage: ("outcomes", lambda page: page.translation_key),
    AgencyPage: ("agencies", lambda page: page.agency.slug if page.agency_id else None),
    Topic: ("topics", lambda topic: topic.slug),
}
"""What tells of one thing, and the key of it: pages of the tree, or the thing itself as a view handed it on."""
ALL = {Topic: "topics", Outcome: "outcomes"}
"""What a page of a door lists: the view hands the rows on, since doors do not know one another's addresses."""


def downloads(request: HttpRequest | None, page: object = None) -> dict[str, Any] | None:
    """The files of what this page shows; None where it shows nothing of the kind."""
    if request is None:
        return None
    if type(page) in PAGES:
        key, key_of = PAGES[type(page)]
        one = key_of(page)
        if one is None:
            return None
        files = _one(key, one)
        if isinstance(page, ConsultationPage):
            said = reverse("api:v1:contributions_of_csv", args=[one])
            files.append({"label": _("CSV of what people said"), "url": said})
        return _shown(key, files)
    if isinstance(page, QuerySet):
        return _shown(ALL[page.model], _list(ALL[page.model], {})) if page.model in ALL else None
    match = request.resolver_match
    if match is None:
        return None
    if match.view_name in LISTS:
        key, narrowed = LISTS[match.view_name]
        asked = {name: request.GET[name] for name in KEPT.get(key, ()) if request.GET.get(name)}
        return _shown(key, _list(key, {**narrowed, **asked}))
    if match.view_name == "ideas:detail":
        return _shown("contributions", _one("contributions", match.kwargs["key"]))
    if match.view_name == "consultations:answers":
        asked = {"consultation": str(match.kwargs["key"]), "kind": "answer"}
        return _shown("contributions", _list("contributions", asked))
    if match.view_name == "posts:agency":
        return _shown("posts", _list("posts", {"agency": match.kwargs["slug"]}))
    return None


def _list(key: str, narrowed: Mapping[str, str]) -> list[dict[str, str]]:
    asked = f"?{urlencode({**narrowed, **_language(key)})}".rstrip("?")
    return [
        {"label": label, "url": routes.address(nouns[key], place) + asked}
        for label, place in (("CSV", "csv"), ("JSON", "list"), ("NDJSON", "ndjson"))
    ]


def _one(key: str, one: object) -> list[dict[str, str]]:
    asked = f"?{urlencode(_language(key))}".rstrip("?")
    return [
        {"label": label, "url": routes.address(nouns[key], place, one) + asked}
        for label, place in (("CSV", "one_csv"), ("JSON", "one"))
    ]


def _language(key: str) -> dict[str, str]:
    """The reader's language, where the words of the data can be asked for in it."""
    language = get_language()
    return {"language": language} if language and issubclass(nouns[key].which, InLanguage) else {}


def _shown(key: str, files: list[dict[str, str]]) -> dict[str, Any]:
    return {"files": files, "help": reverse("data:noun", args=[key])}


slots.put("page.end", template="api/_downloads.html", order=100, context=downloads)

"""Pages of help: what can be taken, how one asks, and what each field means. No script, and nothing from elsewhere."""

import json
from typing import Any, get_args, get_origin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pydantic.fields import FieldInfo

from api import conf, routes
from api.nouns import nouns
from api.schema import Filters, InLanguage, Item, example_of, items_in
from foundation.errors import NotFound

TEXT, NUMBER = gettext_noop("text"), gettext_noop("number")
TYPES = {
    "str": TEXT,
    "int": NUMBER,
    "Decimal": NUMBER,
    "bool": gettext_noop("yes or no"),
    "datetime": gettext_noop("moment"),
    "date": gettext_noop("day"),
    "UUID": gettext_noop("key"),
    "dict": "JSON",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is, and how one asks."""
    context = {
        "nouns": [
            {
                "key": noun.key,
                "words": noun.words,
                "about": noun.about,
                "url": reverse("data:noun", args=[noun.key]),
            }
            for noun in nouns.values()
        ],
        "root": f"{settings.PUBLIC_URL}/api/v1/",
        "openapi": reverse("api:v1:openapi-json"),
        "rate": conf.rate(),
        "most": conf.MOST,
        "crumbs": [{"label": _("Data")}],
    }
    return render(request, "api/index.html", context)


@require_safe
def noun(request: HttpRequest, key: str) -> HttpResponse:
    """One noun: its addresses, what narrows it, and what each field means. Raises NotFound."""
    found = nouns.get(key)
    if found is None:
        raise NotFound(_("There is no data of this name."))
    language = get_language() or settings.LANGUAGE_CODE
    ask = f"?language={language}" if issubclass(found.which, InLanguage) else ""
    context = {
        "noun": found,
        "files": [
            {"label": words, "url": routes.address(found, place) + ask}
            for words, place in (
                (_("JSON, by pages"), "list"),
                (_("CSV, all of it"), "csv"),
                (_("NDJSON, all of it"), "ndjson"),
            )
        ],
        "list": settings.PUBLIC_URL + routes.address(found, "list"),
        "one": f"{settings.PUBLIC_URL}{routes.address(found, 'list')}/…",
        "filters": parameters(found.which),
        "fields": fields(found.whole),
        "only_in_one": sorted(set(found.whole.model_fields) - set(found.item.model_fields)),
        "example": json.dumps(example_of(found.whole), indent=2, ensure_ascii=False),
        "crumbs": [{"label": _("Data"), "url": reverse("data:index")}, {"label": found.words}],
    }
    return render(request, "api/noun.html", context)


def fields(item: type[Item], before: str = "") -> list[dict[str, Any]]:
    """Each field with its name, kind, meaning and example; those within it follow, named `agency.slug`."""
    found = []
    for name, field in item.model_fields.items():
        inner = items_in(field.annotation)
        many = get_origin(field.annotation) is list
        found.append(
            {
                "name": f"{before}{name}",
                "kind": _kind(field),
                "means": _(field.description or ""),
                "example": "" if inner else _shown((field.examples or [None])[0]),
            }
        )
        if inner:
            found += fields(inner, f"{before}{name}{'[]' if many else ''}.")
    return found


def parameters(which: type[Filters]) -> list[dict[str, str]]:
    """What narrows a list."""
    return [
        {"name": name, "means": _(field.description or ""), "values": ", ".join(_values(field.annotation))}
        for name, field in which.model_fields.items()
    ]


def _values(annotation: Any) -> list[str]:
    """The values that a parameter can have, where they are few."""
    inner = get_args(annotation)
    if inner and all(isinstance(value, str) for value in inner):
        return list(inner)
    return [value for each in inner for value in _values(each)]


def _kind(field: FieldInfo) -> str:
    inner = items_in(field.annotation)
    if get_origin(field.annotation) is list:
        return _("list")
    if inner:
        return _("group")
    kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
    name = next((kind.__name__ for kind in kinds if kind.__name__ in TYPES), "str")
    return _(TYPES[name])


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

"""`{% load design %}`: what page builders write besides includes.

Icons and figures, the languages of the site, and the components that have a body or need the request.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from design import charts, paging, words

register = template.Library()
register.filter("number", words.number)
register.filter("initials", words.initials)

WEAVES = tuple(f"patch{at}" for at in range(1, 9))


@register.simple_tag
def icon(name: str, point: bool = False) -> SafeString:
    """One icon of the sprite, hidden from readers: words always stand beside it.

    `point=True` for icons that point, so that they turn round in right-to-left pages.
    """
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        " icon--dir" if point else "",
        static("design/img/sprite.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """The mark of the site: two leaves facing."""
    return format_html(
        '<svg class="brand__mark" viewBox="0 0 52 36" aria-hidden="true"><use href="{}#mark"/></svg>',
        static("design/img/sprite.svg"),
    )


@register.simple_tag
def weave(number: int = 0) -> SafeString:
    """The weave of a consultation, picked by its record's number; decoration, one on a page."""
    return format_html(
        '<svg class="page-head__art" viewBox="0 0 294 194" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("design/img/art.svg"),
        WEAVES[int(number or 0) % len(WEAVES)],
    )


@register.simple_tag
def hero_art() -> SafeString:
    """The large weave of the opening page; decoration."""
    return format_html(
        '<svg class="hero__art" viewBox="0 0 444 294" aria-hidden="true"><use href="{}#weave"/></svg>',
        static("design/img/art.svg"),
    )


@register.simple_tag
def pip_drawing(step: int, of: int, stopped: bool = False) -> SafeString:
    """The knots of `components/pips.html`: filled, the present one, hollow."""
    shapes = []
    for at in range(1, int(of) + 1):
        x = 7 + 17.5 * (at - 1)
        kind = "on" if at < step else "now" if at == step and not stopped else "off"
        link = f'<path d="M{x + 5.3:.1f} 7h7"/>' if at < of else ""
        shapes.append((mark_safe(f'<circle class="{kind}" cx="{x:.1f}" cy="7" r="5"/>{link}'),))  # noqa: S308
    width = 14 + 17.5 * (int(of) - 1)
    return format_html(
        '<svg viewBox="0 0 {} 14" width="{}" height="14" aria-hidden="true">{}</svg>',
        f"{width:g}",
        f"{width:g}",
        format_html_join("", "{}", shapes),
    )


@register.simple_tag
def home_url() -> str:
    """Address of the home page in the reader's language."""
    return f"/{_language()}/"


@register.filter
def iso(moment: date | None) -> str:
    """A moment or a day for `datetime="…"`, in the reader's zone, to the second: HTML reads no microseconds."""
    if isinstance(moment, datetime):
        return localtime(moment).isoformat(timespec="seconds")
    return "" if moment is None else moment.isoformat()


@register.filter
def under(path: str | None, address: str) -> bool:
    """Is this page at or below that address? For the current door: `request.path|under:url`."""
    return bool(path) and str(path).startswith(address)


@register.filter
def up_to(last: int) -> range:
    """1, 2 … last."""
    return range(1, int(last) + 1)


@register.filter
def table_cells(rows: Sequence[Sequence[Any]], heads: Sequence[Any]) -> list[list[dict[str, Any]]]:
    """Rows whose cells all are mappings that know the label and the kind of their column."""
    columns = [head if isinstance(head, Mapping) else {"label": head} for head in heads]
    return [
        [
            {
                "label": column["label"],
                "number": column.get("number", False),
                **(cell if isinstance(cell, Mapping) else {"text": cell}),
            }
            for column, cell in zip(columns, row, strict=True)
        ]
        for row in rows
    ]


@register.simple_tag
def lang_attrs(code: str | None) -> SafeString:
    """` lang="hi" dir="ltr"` for words in another language than the page; nothing when it is the same."""
    if not code or code == _language():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', code, words.direction(code))


@register.simple_tag(takes_context=True)
def arrived_messages(context: Context) -> list[Any]:
    """Messages for this reader, asked for only when a cookie came, so that reading sets and varies nothing."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    came = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    return list(get_messages(request)) if came else []


@register.inclusion_tag("components/languages.html", takes_context=True)
def language_links(context: Context) -> dict[str, Any]:
    """Links to this page in each language of the site.

    A view that knows its translations gives `translations` (list of (code, url)); otherwise the language
    at the start of the path is exchanged, and a path without one leads to the home page of that language.
    """
    known = dict(context.get("translations") or [])
    request: HttpRequest | None = context.get("request")
    links = []
    for code, name in context.get("site_languages") or settings.LANGUAGES:
        address = known.get(code) or _in_language(request, code)
        links.append(
            {
                "code": code,
                "name": name,
                "url": address,
                "dir": words.direction(code),
                "current": code == _language(),
            }
        )
    return {"links": links}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Page) -> dict[str, Any]:
    """Further pages of a list, with its filters kept in the addresses."""
    return paging.page_links(context["request"], page)


@register.inclusion_tag("components/filters.html")
def filters(form: BaseForm, action: str = "", label: str = "") -> dict[str, Any]:
    """Words and selects that narrow a list."""
    return {"form": form, "action": action, "label": label}


@register.inclusion_tag("components/chart.html")
def chart(
    title: str,
    rows: Sequence[tuple[Any, ...]],
    key: Sequence[str] | str,
    note: str = "",
    group: str = "",
    id: str = "1",
) -> dict[str, Any]:
    """Bars for rows of (label, count …) with one to three counts named by `key`, and the table of the same."""
    names = [key] if isinstance(key, str) else list(key)
    heads, cells = charts.table(rows, names, group or _("Group"))
    return {
        "title": title,
        "note": note,
        "id": id,
        "key": charts.key_words(names),
        "hatched": len(names) > 1,
        "bars": charts.bars(rows, names),
        "heads": heads,
        "cells": cells,
    }


@register.inclusion_tag("components/vote.html", takes_context=True)
def vote(context: Context, count: int, **inputs: Any) -> dict[str, Any]:
    """Support, with the page's own form token when it is a form."""
    return {"count": count, "csrf_token": context.get("csrf_token"), **inputs}


@register.simple_block_tag
def notice(content: str, **inputs: Any) -> SafeString:
    """A notice with a body."""
    return _with_body("notice", content, inputs)


@register.simple_block_tag
def panel(content: str, **inputs: Any) -> SafeString:
    """A panel of the rail with a body."""
    return _with_body("panel", content, inputs)


@register.simple_block_tag
def disclosure(content: str, summary: str, **inputs: Any) -> SafeString:
    """A disclosure with a body."""
    return _with_body("disclosure", content, {"summary": summary, **inputs})


@register.simple_block_tag
def official_answer(content: str, **inputs: Any) -> SafeString:
    """An official answer with a body."""
    return _with_body("answer", content, inputs)


@register.simple_block_tag
def slip(content: str, **inputs: Any) -> SafeString:
    """A receipt with buttons."""
    return _with_body("slip", content, inputs)


def _with_body(component: str, body: str, inputs: Mapping[str, Any]) -> SafeString:
    """The component around a body that the template engine has already escaped."""
    return render_to_string(f"components/{component}.html", {**inputs, "body": body})


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def _in_language(request: HttpRequest | None, code: str) -> str:
    """The same path and query with another language in front; the home page when the path has none."""
    if request is None:
        return f"/{code}/"
    head, _slash, rest = request.path.lstrip("/").partition("/")
    prefix = translation.get_language_from_path(request.path)
    if not prefix or head.lower() != prefix.lower():
        return f"/{code}/"
    query = request.META.get("QUERY_STRING", "")
    return f"/{code}/{rest}" + (f"?{query}" if query else "")

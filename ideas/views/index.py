"""The list of ideas."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from consultations.models import Consultation, Question
from consultations.queries import listed
from foundation import clock
from foundation.prepared import prepared
from ideas import queries
from ideas.forms import ListForm
from ideas.models import Idea
from ideas.views import gate, ways
from ideas.views.rows import rows

PAGE = 20
SEEDS = 1_000_000
ORDERS: dict[str, Callable[..., Any]] = {
    "supported": queries.most_supported,
    "discussed": queries.most_discussed,
    "newest": queries.newest,
}
LABELS = {
    "": gettext_lazy("By lot"),
    "discussed": gettext_lazy("Most discussed"),
    "supported": gettext_lazy("Most supported"),
    "newest": gettext_lazy("Newest"),
}
FILTERS = ("consultation", "category", "tag", "status")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ideas that everybody can read, narrowed as one likes.

    Drawn by lot where nothing else is asked, so that no idea is better placed: the seed of the draw stands in the
    addresses of the further pages, and in no cookie.
    """
    now = clock.now()
    language = get_language() or ""
    known = {
        str(found.consultation.translation_key): found
        for found in listed(_consultations(now), language, request)
    }
    chosen = known.get(request.GET.get("consultation", ""))
    kinds = queries.categories(chosen.consultation, language) if chosen else {}
    tags = _tags(now)
    form = ListForm(
        request.GET,
        consultation=[(key, found.title) for key, found in known.items()],
        category=list(kinds.items()),
        tag=[(tag.slug, tag.name) for tag in tags],
    )
    wanted = {name: form.cleaned_data.get(name, "") for name in FILTERS} if form.is_valid() else {}
    order = request.GET.get("order", "") if request.GET.get("order") in ORDERS else ""
    narrow = queries.Narrow(
        consultation=chosen.consultation if chosen and wanted.get("consultation") else None,
        tag=wanted.get("tag", ""),
        category=wanted.get("category", ""),
        status=wanted.get("status", ""),
    )
    page = _ordered(request, now, narrow, order) if order else _drawn(request, now, narrow)
    supported = queries.supported_by(request.user, [contribution.pk for contribution in page])
    kept = {name: value for name, value in wanted.items() if value}
    context = {
        "crumbs": ways.crumbs(_("Ideas")),
        "form": form,
        "chosen": chosen,
        "title": _title(kept, order, kinds, {tag.slug: tag.name for tag in tags}, page),
        "order": order,
        "views": _views(kept, order),
        "page": page,
        "rows": rows(
            page,
            now,
            titles={}
            if chosen
            else {row.consultation.pk: (row.title, row.language) for row in known.values()},
            person=gate.reader(request),
            supported=supported,
            come_back=f"{request.path}?{request.GET.urlencode()}",
        ),
        "narrowed": bool(kept),
        "counted_at": max((c.counted_at for c in page if c.counted_at), default=None),
        "asking": bool(_asking(now)),
        "canonical": request.build_absolute_uri(_address(kept, order)),
    }
    return render(request, "ideas/index.html", context)


@prepared
def _consultations(now: datetime) -> "QuerySet[Consultation]":
    return queries.consultations_with_ideas(now).select_related("agency")


@prepared
def _tags(now: datetime) -> "QuerySet[Tag]":
    return queries.tags_in_use(now)


@prepared
def _asking(now: datetime) -> "QuerySet[Question, int]":
    return queries.asking(now).order_by().values_list("pk", flat=True)[:1]


def _ordered(request: HttpRequest, now: Any, narrow: queries.Narrow, order: str) -> "Page[Any]":
    return Paginator(ORDERS[order](now, narrow), PAGE).get_page(request.GET.get("page"))


def _drawn(request: HttpRequest, now: Any, narrow: queries.Narrow) -> "Page[Any]":
    """A page of the draw; from here on the address of every further page has its seed."""
    given = request.GET.get("seed", "")
    seed = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else secrets.randbelow(SEEDS)
    query = request.GET.copy()
    query["seed"] = str(seed)
    request.GET = query  # type: ignore[assignment]
    page: Page[Any] = Paginator(queries.drawn(now, narrow, seed), PAGE).get_page(query.get("page"))
    page.object_list = queries.in_order_of(list(page.object_list), now)
    return page


def _title(
    kept: dict[str, str], order: str, kinds: dict[str, str], tags: dict[str, str], page: "Page[Any]"
) -> str:
    """What this list is, with everything that narrows it."""
    title = _("Ideas from people")
    words = [
        kinds.get(kept.get("category", ""), ""),
        tags.get(kept.get("tag", ""), ""),
        str(dict(Idea.Status.choices).get(kept.get("status", ""), "")),
        str(LABELS[order]) if order else "",
    ]
    said = ", ".join(word for word in words if word)
    if said:
        title = _("%(list)s: %(narrowed)s") % {"list": title, "narrowed": said}
    if page.number > 1:
        title = _("%(list)s, page %(page)s") % {"list": title, "page": page.number}
    return title


def _address(kept: dict[str, str], order: str) -> str:
    query = urlencode({**kept, **({"order": order} if order else {})})
    return f"{reverse('ideas:index')}?{query}" if query else reverse("ideas:index")


def _views(kept: dict[str, str], order: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": _address(kept, key), "current": key == order} for key, label in LABELS.items()
    ]

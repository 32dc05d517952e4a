"""The list of ideas."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.queries import listed
from foundation import clock
from ideas import queries
from ideas.forms import ListForm
from ideas.views import gate, ways
from ideas.views.rows import rows

PAGE = 20
ORDERS = {"": queries.newest, "supported": queries.most_supported}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ideas that everybody can read: the newest or the most supported, of one consultation or all, with one tag or any."""
    now = clock.now()
    language = get_language() or ""
    known = {
        str(found.consultation.translation_key): found
        for found in listed(queries.consultations_with_ideas(now), language, request)
    }
    tags = list(queries.tags_in_use(now))
    form = ListForm(
        request.GET,
        consultations=[(key, found.title) for key, found in known.items()],
        tags=[(tag.slug, tag.name) for tag in tags],
    )
    wanted = form.cleaned_data if form.is_valid() else {"consultation": "", "tag": "", "order": ""}
    chosen = known.get(wanted["consultation"])
    order = wanted["order"] if wanted["order"] in ORDERS else ""
    found = ORDERS[order](now, consultation=chosen.consultation if chosen else None, tag=wanted["tag"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    supported = queries.supported_by(request.user, [contribution.pk for contribution in page])
    context = {
        "crumbs": ways.crumbs(_("Ideas")),
        "form": form,
        "chosen": chosen,
        "views": _views(wanted, order),
        "page": page,
        "rows": rows(
            page,
            now,
            titles={} if chosen else {row.consultation.pk: row.title for row in known.values()},
            person=gate.reader(request),
            supported=supported,
            come_back=request.get_full_path(),
        ),
        "narrowed": bool(wanted["consultation"] or wanted["tag"]),
        "counted_at": max((c.counted_at for c in page if c.counted_at), default=None),
        "asking": queries.asking(now).exists(),
    }
    return render(request, "ideas/index.html", context)


def _views(wanted: dict[str, Any], order: str) -> list[dict[str, Any]]:
    kept = {name: wanted[name] for name in ("consultation", "tag") if wanted[name]}
    labels = {"": _("Newest"), "supported": _("Most supported")}
    return [
        {
            "label": label,
            "url": f"{reverse('ideas:index')}?{urlencode({**kept, **({'order': key} if key else {})})}".rstrip(
                "?"
            ),
            "current": key == order,
        }
        for key, label in labels.items()
    ]

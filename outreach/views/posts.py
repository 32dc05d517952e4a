"""What the agencies posted, and where: anybody can compare it with what stands on the networks."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outreach import queries
from outreach.words import channel_of

PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest first, each with a link to where it stands."""
    page = Paginator(queries.sent_posts(), PAGE).get_page(request.GET.get("page"))
    rows = [{"delivery": delivery, "channel": channel_of(delivery.account).label} for delivery in page]
    context = {
        "page": page,
        "rows": rows,
        "agencies": queries.writing_agencies(),
        "crumbs": [{"label": _("What we posted")}],
    }
    return render(request, "outreach/posts.html", context)

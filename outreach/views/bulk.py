"""The list of posts for a spreadsheet, and many drafts cancelled at once. Approving is never done to many."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation import audit, clock
from foundation.desk import numbers
from foundation.errors import PortalError
from foundation.lines import csv_file, csv_line
from outreach import queries, services
from outreach.views.desk import asked_for, for_speakers, officer

STEP = 1000
COLUMNS = (
    "post", "agency", "consultation", "drafted_upon", "state", "published", "needs_a_look", "drafted_at", "goes_out_at",
)  # fmt: skip


@for_speakers
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """First the list of what was chosen; then, with `sure`, the drafts among them are cancelled."""
    keys = numbers(request.POST.getlist("post"))
    posts = list(queries.posts_for(request.user).filter(pk__in=keys))
    kept = QueryDict(request.POST.get("kept", "")).urlencode()
    back = reverse("outreach_posts") + (f"?{kept}" if kept else "")
    try:
        services.check_choice(posts)
        if request.POST.get("sure"):
            _tell(request, services.cancel_many(posts, by=officer(request), now=clock.now()))
            return redirect(back)
    except PortalError as error:
        messages.error(request, str(error))
        return redirect(back)
    return render(request, "outreach/admin/bulk.html", {"posts": posts, "kept": kept, "back": back})


def _tell(request: HttpRequest, came: services.Many) -> None:
    if came.done:
        done = ngettext("%(n)d draft is cancelled.", "%(n)d drafts are cancelled.", len(came.done))
        messages.success(request, done % {"n": len(came.done)})
    if came.left:
        left = [_("“%(title)s” (%(why)s)") % {"title": post.title, "why": why} for post, why in came.left]
        messages.error(request, _("Left as they are: %(posts)s") % {"posts": get_text_list(left, _("and"))})


@for_speakers
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as it is narrowed: codes, counts and moments; no words and no names."""
    _form, wanted = asked_for(request)
    rows = queries.posts_for(request.user, **wanted)
    audit.write("posts.exported", by=officer(request).pk, thing="posts", filters=sorted(wanted))
    return csv_file("posts", _lines(rows))


def _lines(rows: Any) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for post in rows.iterator(chunk_size=STEP):
        yield csv_line(_cells(post))


def _cells(post: Any) -> tuple[object, ...]:
    return (
        post.pk,
        post.agency.slug,
        post.consultation.translation_key if post.consultation else None,
        post.occasion,
        post.state,
        post.published,
        post.unknown,
        post.created_at,
        post.go_at,
    )

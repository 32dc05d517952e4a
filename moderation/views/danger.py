"""Alarms for somebody's life: for whoever is on duty, and for moderators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Person
from foundation import clock
from foundation.errors import PortalError
from moderation import conf, queries, services
from moderation.models import Alarm
from moderation.permissions import agencies_watched, can_answer, can_look
from moderation.views.desk import short
from moderation.views.marks import pieces, seen

PAGE = 50


@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """What nobody has answered, the newest first; `?state=ended` shows what was done before."""
    agencies = agencies_watched(request.user)
    if not agencies:
        raise PermissionDenied
    state = "ended" if request.GET.get("state") == "ended" else ""
    page = Paginator(queries.alarms(agencies, state=state), PAGE).get_page(request.GET.get("page"))
    lines = [
        {"alarm": row, "text": short(row.contribution), "language": row.contribution.language} for row in page
    ]
    context = {"lines": lines, "page": page, "state": state, "number": conf.emergency_number()}
    return render(request, "moderation/desk/alarms.html", context)


@require_safe
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, where they were said, and what can be done."""
    row = _fetch(request, pk)
    contribution = row.contribution
    found = [one for one in services.findings(contribution) if one.screen == "danger"]
    case = getattr(contribution, "case", None)
    ended_by = Person.objects.filter(pk=row.ended_by).first() if row.ended_by else None
    context = {
        "alarm": row,
        "contribution": contribution,
        "pieces": pieces(contribution.text, found),
        "said_with_flags": [
            seen(words)
            for words in contribution.flags.filter(reason="danger")
            .exclude(words="")
            .values_list("words", flat=True)
        ],
        "case": case if case is not None and can_look(request.user, case) else None,
        "may": row.ended_at is None and can_answer(request.user, row.agency_id),
        "endings": Alarm.Ending.choices,
        "ended_by": ended_by,
        "number": conf.emergency_number(),
    }
    return render(request, "moderation/desk/alarm.html", context)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done."""
    row = _fetch(request, pk)
    if not isinstance(request.user, Person):
        raise PermissionDenied
    try:
        services.end_alarm(row, by=request.user, ending=request.POST.get("ending", ""), now=clock.now())
    except PortalError as error:
        messages.error(request, str(error))
        return redirect("moderation_alarm", pk)
    messages.success(request, _("It is written down. Thank you."))
    return redirect("moderation_alarms")


def _fetch(request: HttpRequest, pk: int) -> Alarm:
    row = queries.alarm_of(pk)
    if row is None:
        raise Http404
    if not agencies_watched(request.user).filter(pk=row.agency_id).exists():
        raise PermissionDenied
    return row

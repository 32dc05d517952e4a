"""The desk: how many letters there are of each kind, and those that a person must decide about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Person
from foundation import clock
from foundation.errors import PortalError
from notifications import queries, services
from notifications.models import Letter
from notifications.permissions import can_tend_letters

SHOWN = 100


def _me(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person) or not can_tend_letters(request.user):
        raise PermissionDenied
    return request.user


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Counts, and the letters of which nobody knows or that were refused: without reader and without subject."""
    _me(request)
    stuck = queries.stuck_letters()
    labels = dict(Letter.State.choices)
    context = {
        "totals": [
            {"occasion": t.occasion, "state": labels.get(t.state, t.state), "number": t.number}
            for t in queries.totals()
        ],
        "stuck": stuck[:SHOWN],
        "more": max(0, stuck.count() - SHOWN),
    }
    return render(request, "notifications/admin/index.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a stuck letter again, or takes it off the desk."""
    by = _me(request)
    letter = get_object_or_404(Letter, pk=pk)
    again = request.POST.get("act") == "again"
    try:
        if again:
            services.send_again(letter, by=by, now=clock.now())
        else:
            services.let_be(letter, by=by, now=clock.now())
    except PortalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It goes out within a minute.") if again else _("It is off the desk."))
    return redirect("notifications_desk")

"""Taking one's own words back, on a page that asks once more."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import queries
from consultations.forms import TakeBackForm
from consultations.models import Response
from consultations.services import withdraw_response
from consultations.views.reader import reader
from consultations.views.voice import discreet, fetch
from foundation import clock
from foundation.errors import NotAllowed, WrongState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Says what goes and what stays, and takes the response back by POST alone."""
    response = fetch(code)
    person = reader(request)
    if person is None:
        here = reverse("consultations:withdraw", args=[code])
        return discreet(redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': here})}"))
    if response.participant.person_id != person.pk:
        raise NotAllowed(_("Only the person who said it can take it back."))
    if response.state == Response.State.WITHDRAWN:
        raise WrongState(_("This was taken back already."))
    if request.method == "POST":
        withdraw_response(response, person=person, now=clock.now())
        messages.success(request, _("You took it back. It is not shown nor read any more."))
        return discreet(redirect("consultations:voice", code=code))
    context = {
        "form": TakeBackForm(),
        "code": code,
        "listed": queries.listed([response.consultation], get_language() or "en", request)[0],
        "open": response.consultation.is_open(clock.now()),
    }
    return discreet(render(request, "consultations/withdraw.html", context))

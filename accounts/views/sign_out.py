"""Leave, here or everywhere."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import Person
from accounts.services import close_sessions
from foundation import audit, clock


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session of this browser; with `everywhere`, those of all others too."""
    if request.POST.get("everywhere") and isinstance(request.user, Person):
        close_sessions(request.user, now=clock.now())
    if isinstance(request.user, Person):
        audit.write("sign out", by=request.user.pk, thing=f"person:{request.user.pk}")
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign_in")

"""Where one is signed in: the list, end one, end all others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import queries
from accounts.models import Person
from accounts.services import close_sessions
from accounts.services.sessions import end_session, note_session
from accounts.views.careful import carefully
from foundation import clock


@never_cache
@carefully
@require_safe
def sessions(request: HttpRequest, person: Person) -> HttpResponse:
    """Every browser in which this person is signed in, this one first."""
    note_session(request, person)
    rows = sorted(
        queries.open_sessions_of(person), key=lambda row: row.session_id != request.session.session_key
    )
    context = {"rows": rows, "here": request.session.session_key}
    return render(request, "accounts/sessions.html", context)


@never_cache
@carefully
@require_POST
def end_one(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Signs one other browser out."""
    end_session(person, number)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:sessions")


@never_cache
@carefully
@require_POST
def end_others(request: HttpRequest, person: Person) -> HttpResponse:
    """Signs every other browser out."""
    close_sessions(person, now=clock.now(), keep=request.session.session_key)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("accounts:sessions")

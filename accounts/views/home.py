"""One's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.permissions import needs_second_factor


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What we know about the person who is signed in; the rooms above add what they hold (`account.home`)."""
    context = {
        "roles": queries.roles_of(request.user),
        "addresses": [point.address for point in queries.contact_points_of(request.user)],
        "has_desk": needs_second_factor(request.user),
    }
    return render(request, "accounts/home.html", context)

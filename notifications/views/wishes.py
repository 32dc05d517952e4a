"""What letters one wants, how often, in which language: from one's own page, or by the address in a letter."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.errors import NotFound
from notifications import queries, services
from notifications.forms import WishesForm
from notifications.leaving import person_of, token_for


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """To one's own page of wishes."""
    return redirect("notifications:wishes", token_for(request.user.pk or 0))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what one wants, and keeps what one chooses. The token is the secret: no sign-in, cookie or form token."""
    person = person_of(token)
    if person is None:
        raise NotFound(_("This address is not one of ours. Please use the one in your newest letter."))
    done = False
    form = WishesForm(request.POST or None, wishes=queries.wishes_of(person))
    if request.method == "POST" and form.is_valid():
        services.choose(person, **form.chosen(), now=clock.now())
        form, done = WishesForm(None, wishes=queries.wishes_of(person)), True
    response = render(request, "notifications/wishes.html", {"form": form, "done": done})
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

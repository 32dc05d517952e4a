"""Stop letters, from a letter: by one press on a page, or by the mail program itself (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.errors import NotFound
from notifications import queries, services
from notifications.leaving import person_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button and changes nothing, so that a scanner stops nobody's letters; POST acts.

    The token is the secret, so no sign-in, cookie or form token is needed: mail programs bring none.
    """
    person = person_of(token)
    if person is None:
        raise NotFound(_("This address is not one of ours. Please use the one in your newest letter."))
    done = request.method == "POST"
    if done:
        services.want_letters(person, wanted=request.POST.get("want") == "yes", now=clock.now())
    context = {"wanted": queries.wants_letters(person), "done": done}
    response = render(request, "notifications/unsubscribe.html", context)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

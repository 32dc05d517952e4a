"""Pages of the roof: health, and the plain error pages."""

from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.static import serve

from accounts.queries import has_role
from accounts.roles import Role
from foundation import blocked, clock
from foundation.errors import BadInput
from foundation.models import BlockedContent
from portal.plain import Told, plain


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with `{"ok": true}` when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        return JsonResponse({"ok": False, "database": "no answer"}, status=503)
    return JsonResponse({"ok": True})


@require_safe
def picture(request: HttpRequest, folder: str, path: str) -> HttpResponse:
    """A picture of an editor, where pictures are kept in this machine's files; no other upload is served."""
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / folder))
    response["Cache-Control"] = "public, max-age=86400"
    return cast(HttpResponse, response)


@csrf_exempt
@require_POST
def blocked_content(request: HttpRequest) -> HttpResponse:
    """Takes down what a browser refused to load under our policy. Browsers send this by themselves."""
    if int(request.headers.get("Content-Length") or 0) > blocked.LARGEST:
        return HttpResponse(status=413)
    try:
        blocked.note(request.body, host=request.get_host(), now=clock.now())
    except BadInput as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    return HttpResponse(status=204)


@require_safe
def blocked_desk(request: HttpRequest) -> HttpResponse:
    """For platform administrators: what browsers refused to load, newest first."""
    if not has_role(request.user, None, Role.PLATFORM_ADMIN):
        raise PermissionDenied
    return render(request, "portal/admin/blocked.html", {"rows": BlockedContent.objects.order_by("-last_at")})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in plain words."""
    return plain(request, 404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 in plain words."""
    return plain(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in plain words, or 413 when there was too much of it."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return plain(request, 413 if too_much else 400)


def broken(request: HttpRequest) -> HttpResponse:
    """500 in plain words, also when the database is what broke: it asks nobody who reads."""
    request.COOKIES = {}
    return plain(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was open too long or cookies are off."""
    told = Told(
        _("This form was open too long"),
        _("Go back, copy your words, load the page again and send it once more."),
    )
    return plain(request, 403, told)

"""Pages of the roof: health, and the plain error pages."""

from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.static import serve

from accounts.queries import has_role
from accounts.roles import Role
from foundation import blocked, clock
from foundation.errors import BadInput
from foundation.models import BlockedContent


@never_cache
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


def _plain(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    context = {"status": status, "title": title, "message": message}
    return render(request, "errors/plain.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in plain words."""
    return _plain(
        request, 404, _("This page is not here"), _("It may have moved, or the address has a slip in it.")
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 in plain words."""
    return _plain(
        request, 403, _("You may not do this"), _("Your account does not have the role that this page needs.")
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in plain words."""
    return _plain(request, 400, _("We could not read that"), _("Please go back and try again."))


def broken(request: HttpRequest) -> HttpResponse:
    """500 in plain words, also when the database is what broke: it asks nobody who reads."""
    request.COOKIES = {}
    return _plain(
        request,
        500,
        _("Something broke on our side"),
        _("It is written down, and we look at it. Please go back and try again in a minute."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was open too long or cookies are off."""
    return _plain(
        request,
        403,
        _("This form was open too long"),
        _("Go back, copy your words, load the page again and send it once more."),
    )

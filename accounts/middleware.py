"""The door of the desk: nobody passes without a second factor that was given in this session."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from accounts.factors import session as factor
from accounts.permissions import needs_second_factor
from accounts.queries import remember_roles
from accounts.views import way_on
from foundation import clock

OPEN = ("wagtailadmin_login", "wagtailadmin_logout")
"""What answers under the admin without a second factor: the way in, which leads away from there, and the way out."""


def _desk() -> tuple[str, ...]:
    """Where the admin stands; nowhere in a house without one."""
    try:
        return (reverse("wagtailadmin_home"),)
    except NoReverseMatch:
        return ()


class DeskNeedsSecondFactor:
    """Middleware: every address below the admin's is refused unless the session carries the mark.

    Strangers and citizens are led to the officials' sign-in, officials to give a second factor or to set one up.
    What a script asked for is refused instead, because it would not see the page. Stands after Django's
    AuthenticationMiddleware; it looks at the path alone, so an address of which nobody thought is refused as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_desk()):
            return self.get_response(request)
        if request.path in map(reverse, OPEN):
            return self.get_response(request)
        if not needs_second_factor(request.user):
            return self._elsewhere(request, "accounts:desk")
        if not factor.is_given(request.session, request.user, now=clock.now()):
            return self._elsewhere(request, "accounts:second_factor")
        if request.method in ("GET", "HEAD"):
            remember_roles(request.user)
        return self.get_response(request)

    def _elsewhere(self, request: HttpRequest, name: str) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        wanted = (
            request.get_full_path() if request.method in ("GET", "HEAD") else reverse("wagtailadmin_home")
        )
        return redirect(way_on.with_next(name, wanted))

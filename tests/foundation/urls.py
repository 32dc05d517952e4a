"""Addresses that fail in every way, for the middleware that turns errors into pages."""

from datetime import timedelta

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from foundation import clock, errors, http

FAILURES = {
    "bad-input": errors.BadInput("Your <words> were too long."),
    "not-allowed": errors.NotAllowed("Only a moderator may do this."),
    "not-found": errors.NotFound("There is no such idea."),
    "wrong-state": errors.WrongState("The consultation has closed."),
    "outside": errors.OutsideError("The post office is asleep."),
    "outside-for-good": errors.OutsideError("The post office is gone.", permanent=True),
    "refused": http.Refused(422, "They refused what we sent."),
    "auth-expired": http.AuthExpired("They no longer accept our account."),
    "unknown": http.Unknown("Nobody knows."),
    "denied": PermissionDenied(),
    "missing": Http404(),
    "broken": ZeroDivisionError(),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    if how == "rate-limited":
        raise http.RateLimited(clock.now() + timedelta(seconds=90), "They ask us to wait.")
    raise FAILURES[how]


urlpatterns = i18n_patterns(path("fails/<slug:how>", fail))

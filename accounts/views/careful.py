"""Who may come to a page of the account: somebody signed in, and for what matters with the second factor."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import queries
from accounts.factors import session as factor
from accounts.models import Person
from accounts.permissions import needs_second_factor
from accounts.views import way_on
from foundation import clock
from foundation.errors import NotAllowed

View = Callable[..., HttpResponse]


def with_person(view: View) -> View:
    """Hands the signed-in person on; a stranger signs in first."""

    @wraps(view)
    def seen(request: HttpRequest, *places: object, **named: object) -> HttpResponse:
        person = request.user
        assert isinstance(person, Person)
        return view(request, person, *places, **named)

    return login_required(seen)


def carefully(view: View) -> View:
    """As `with_person`; whoever has a second factor has given it in this session before."""

    @wraps(view)
    def seen(request: HttpRequest, person: Person, *places: object, **named: object) -> HttpResponse:
        given = factor.is_given(request.session, person, now=clock.now())
        if not given and needs_second_factor(person) and queries.has_second_factor(person):
            address = request.get_full_path() if request.method in ("GET", "HEAD") else ""
            return redirect(way_on.with_next("accounts:second_factor", address))
        return view(request, person, *places, **named)

    return with_person(seen)


def official(view: View) -> View:
    """As `with_person`, for those with a desk alone."""

    @wraps(view)
    def seen(request: HttpRequest, person: Person, *places: object, **named: object) -> HttpResponse:
        if not needs_second_factor(person):
            raise NotAllowed(_("A second factor protects the desk, and your account has no role there."))
        return view(request, person, *places, **named)

    return with_person(seen)

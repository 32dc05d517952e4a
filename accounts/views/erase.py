"""Leave for good."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries
from accounts.forms import EraseForm
from accounts.models import Person
from accounts.services import erase_person
from accounts.views.careful import carefully
from foundation import clock


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Says what goes and what stays, asks again, and erases the account of who is signed in."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erase_person(person, by=person, now=clock.now())
        logout(request)
        return redirect("accounts:erased")
    has_role = queries.roles_of(person).exists()
    return render(request, "accounts/erase.html", {"form": form, "has_role": has_role})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Says that it is done."""
    return render(request, "accounts/erased.html")

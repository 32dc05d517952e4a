"""The officials' way in: name and password, or a code, and then the second factor."""

from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import DeskForm
from accounts.permissions import needs_second_factor
from accounts.services.passwords import check_password
from accounts.verification.limits import TooMany, network_of, say_when
from accounts.views import way_on
from accounts.views.confirm import BACKEND
from foundation import clock
from foundation.errors import BadInput


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Asks for name and password; whoever is signed in goes on to the desk, where the second factor is asked."""
    wanted = way_on.wanted(request) or reverse("wagtailadmin_home")
    if request.method != "POST":
        if needs_second_factor(request.user):
            return redirect(wanted)
        return _page(request, DeskForm(initial={"next": wanted}), wanted)
    form = DeskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, wanted)
    typed = form.cleaned_data
    try:
        person = check_password(
            request, typed["name"], typed["password"], network=network_of(request), now=clock.now()
        )
    except BadInput as refusal:
        form.add_error("password", str(refusal))
        return _page(request, form, wanted)
    except TooMany as refusal:
        form.add_error("name", str(refusal))
        return say_when(_page(request, form, wanted, status=refusal.status), refusal)
    login(request, person, backend=BACKEND)
    return redirect(way_on.with_next("accounts:second_factor", wanted))


@never_cache
def wagtails_login(request: HttpRequest) -> HttpResponse:
    """What stands at Wagtail's own sign-in: it leads to ours, whatever was sent."""
    named = {"next": request.GET["next"]} if request.GET.get("next") else {}
    return redirect(reverse("accounts:desk") + (f"?{urlencode(named)}" if named else ""))


def _page(request: HttpRequest, form: DeskForm, wanted: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "by_code": way_on.with_next("accounts:sign_in", wanted)}
    return render(request, "accounts/desk.html", context, status=status)

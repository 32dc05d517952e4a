"""Type an address, get a code."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import SignInForm
from accounts.services import ask_for_code
from accounts.verification.base import method_for
from accounts.verification.limits import TooMany, network_of, say_when
from accounts.views import way_on
from foundation import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an address and sends a code to it; the answer is the same for every address."""
    wanted = way_on.wanted(request)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(way_on.safe(request, wanted))
        return _page(request, SignInForm(initial={"next": wanted}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    browser, address = secrets.token_urlsafe(32), form.cleaned_data["address"]
    try:
        ask_for_code(
            address,
            method=method_for(address).key,
            browser=browser,
            network=network_of(request),
            language=get_language() or "",
            now=clock.now(),
        )
    except TooMany as refusal:
        form.add_error("address", str(refusal))
        return say_when(_page(request, form, status=refusal.status), refusal)
    request.session[way_on.BROWSER] = browser
    request.session[way_on.NEXT] = wanted
    return redirect(way_on.with_next("accounts:confirm", wanted))


def _page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/sign_in.html", {"form": form}, status=status)

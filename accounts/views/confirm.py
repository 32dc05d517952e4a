"""Give the code back."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import ConfirmForm
from accounts.services import confirm_code
from accounts.services.codes import plain_digits, waiting_code
from accounts.services.texts import is_stuck
from accounts.verification.limits import TooMany, network_of, say_when
from accounts.views import way_on
from foundation import clock
from foundation.errors import BadInput, WrongState

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Signs in whoever gives the right code back, by POST alone.

    The letter's link fills the code in (`?code=`) and changes nothing, so a mail scanner that opens it uses
    nothing up.
    """
    browser = request.session.get(way_on.BROWSER, "")
    wanted = way_on.wanted(request) or request.session.get(way_on.NEXT, "")
    if request.method != "POST" and request.user.is_authenticated and request.session.get(way_on.ADDING):
        return redirect(f"{reverse('accounts:confirm_address')}?{request.GET.urlencode()}")
    if request.method != "POST":
        initial = {"next": wanted, "code": plain_digits(request.GET.get("code", ""))[:6]}
        return _page(request, ConfirmForm(initial=initial), browser)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, form, browser)
    try:
        person = confirm_code(
            form.cleaned_data["code"], browser=browser, network=network_of(request), now=clock.now()
        )
    except (BadInput, WrongState) as refusal:
        form.add_error("code", str(refusal))
        return _page(request, form, browser)
    except TooMany as refusal:
        form.add_error("code", str(refusal))
        return say_when(_page(request, form, browser, status=refusal.status), refusal)
    login(request, person, backend=BACKEND)
    for key in (way_on.BROWSER, way_on.NEXT):
        request.session.pop(key, None)
    return redirect(way_on.safe(request, wanted))


def _page(request: HttpRequest, form: ConfirmForm, browser: str, status: int = 200) -> HttpResponse:
    waiting = waiting_code(browser, now=clock.now())
    again = way_on.with_next("accounts:sign_in", way_on.wanted(request))
    stuck = waiting is not None and waiting.method == "sms" and is_stuck(waiting.address_key)
    context = {"form": form, "waiting": waiting, "again": again, "stuck": stuck}
    return render(request, "accounts/confirm.html", context, status=status)

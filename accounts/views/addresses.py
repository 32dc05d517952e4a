"""One's addresses: add one, show by a code that it is one's own, remove one."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.forms import AddAddressForm, ConfirmAddressForm, RemoveAddressForm
from accounts.models import Person
from accounts.services.codes import plain_digits, waiting_code
from accounts.services.profile import ask_to_add, confirm_addition, remove_contact_point
from accounts.services.texts import is_stuck
from accounts.verification.limits import TooMany, network_of, say_when
from accounts.views import way_on
from accounts.views.careful import carefully
from foundation import clock
from foundation.errors import BadInput, NotFound, WrongState


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, person: Person) -> HttpResponse:
    """The list, and the form that sends a code to one more."""
    form = AddAddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _list(request, person, form)
    browser = secrets.token_urlsafe(32)
    try:
        ask_to_add(
            person,
            form.cleaned_data["address"],
            browser=browser,
            network=network_of(request),
            language=get_language() or "",
            now=clock.now(),
        )
    except WrongState as refusal:
        form.add_error("address", str(refusal))
        return _list(request, person, form)
    except TooMany as refusal:
        form.add_error("address", str(refusal))
        return say_when(_list(request, person, form, status=refusal.status), refusal)
    request.session[way_on.ADDING] = browser
    return redirect("accounts:confirm_address")


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks for the code; a letter's link fills it in and changes nothing."""
    browser = request.session.get(way_on.ADDING, "")
    if request.method != "POST":
        code = plain_digits(request.GET.get("code", ""))[:6]
        return _confirm(request, person, ConfirmAddressForm(initial={"code": code}), browser)
    form = ConfirmAddressForm(request.POST)
    if not form.is_valid():
        return _confirm(request, person, form, browser)
    typed, network = form.cleaned_data["code"], network_of(request)
    try:
        confirm_addition(person, typed, browser=browser, network=network, now=clock.now())
    except (BadInput, WrongState) as refusal:
        form.add_error("code", str(refusal))
        return _confirm(request, person, form, browser)
    except TooMany as refusal:
        form.add_error("code", str(refusal))
        return say_when(_confirm(request, person, form, browser, status=refusal.status), refusal)
    request.session.pop(way_on.ADDING, None)
    messages.success(request, _("The address is added."))
    return redirect("accounts:addresses")


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def remove_address(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Asks again, and forgets an address."""
    point = queries.contact_points_of(person).filter(pk=number).first()
    if point is None:
        raise NotFound(_("It may have been removed already."))
    form = RemoveAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_contact_point(person, number)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The address is forgotten."))
            return redirect("accounts:addresses")
    return render(request, "accounts/remove_address.html", {"form": form, "point": point})


def _list(request: HttpRequest, person: Person, form: AddAddressForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "points": queries.contact_points_of(person)}
    return render(request, "accounts/addresses.html", context, status=status)


def _confirm(
    request: HttpRequest, person: Person, form: ConfirmAddressForm, browser: str, status: int = 200
) -> HttpResponse:
    waiting = waiting_code(browser, now=clock.now(), person=person)
    stuck = waiting is not None and waiting.method == "sms" and is_stuck(waiting.address_key)
    context = {"form": form, "waiting": waiting, "stuck": stuck}
    return render(request, "accounts/confirm_address.html", context, status=status)

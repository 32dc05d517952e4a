"""Give the second factor: a code of one's app, a recovery code, or a passkey."""

import json

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import conf, queries
from accounts.factors import passkeys
from accounts.factors import session as factor
from accounts.forms import FactorForm
from accounts.models import Person
from accounts.services import factors
from accounts.services.sessions import renew_key
from accounts.verification.limits import TooMany, say_when
from accounts.views import way_on
from accounts.views.careful import official
from foundation import clock
from foundation.errors import BadInput

Kind = Authenticator.Type


@never_cache
@official
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks for a code, and offers the passkey; who has neither app nor passkey sets one up first."""
    wanted = way_on.wanted(request) or reverse("wagtailadmin_home")
    if not queries.has_second_factor(person):
        return redirect(way_on.with_next("accounts:factors", wanted))
    if request.method != "POST":
        if factor.is_given(request.session, person, now=clock.now()):
            return redirect(wanted)
        return _page(request, person, FactorForm(initial={"next": wanted}), wanted)
    form = FactorForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form, wanted)
    try:
        how = factors.give_code(person, form.cleaned_data["code"], now=clock.now())
    except BadInput as refusal:
        form.add_error("code", str(refusal))
        return _page(request, person, form, wanted)
    except TooMany as refusal:
        form.add_error("code", str(refusal))
        return say_when(_page(request, person, form, wanted, status=refusal.status), refusal)
    return _given(request, person, how, wanted)


@never_cache
@official
@require_POST
def passkey(request: HttpRequest, person: Person) -> HttpResponse:
    """Takes what the browser signed with a passkey."""
    wanted = way_on.wanted(request) or reverse("wagtailadmin_home")
    form = FactorForm(initial={"next": wanted})
    try:
        how = factors.give_passkey(person, credential_of(request), now=clock.now())
    except BadInput as refusal:
        return _page(request, person, form, wanted, problem=str(refusal))
    except TooMany as refusal:
        return say_when(
            _page(request, person, form, wanted, status=refusal.status, problem=str(refusal)), refusal
        )
    return _given(request, person, how, wanted)


def credential_of(request: HttpRequest) -> object:
    """What a passkey script sent, as JSON; None when it is none."""
    try:
        found: object = json.loads(request.POST.get("credential", ""))
    except (ValueError, RecursionError):
        return None
    return found


def as_json(options: object) -> str:
    """Options of WebAuthn for a data attribute."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def _given(request: HttpRequest, person: Person, how: str, wanted: str) -> HttpResponse:
    renew_key(request, person)
    factor.mark(request.session, person, how=how, now=clock.now())
    return redirect(wanted)


def _page(
    request: HttpRequest,
    person: Person,
    form: FactorForm,
    wanted: str,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    kinds = set(queries.factors_of(person).values_list("type", flat=True))
    context = {
        "form": form,
        "wanted": wanted,
        "problem": problem,
        "has_app": Kind.TOTP in kinds,
        "options": as_json(passkeys.to_use_one(person)) if Kind.WEBAUTHN in kinds else "",
        "demo_code": factors.code_of(conf.demo_totp_secret(), clock.now()) if conf.demo_totp_secret() else "",
    }
    return render(request, "accounts/second_factor.html", context, status=status)

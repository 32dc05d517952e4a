"""One's second factors: add an app or a passkey, keep recovery codes, take one away."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from accounts import queries
from accounts.factors import passkeys
from accounts.factors import session as factor
from accounts.forms import AppForm, CodesKeptForm, PasskeyForm, RemoveFactorForm
from accounts.models import Person
from accounts.services import factors as service
from accounts.services.sessions import renew_key
from accounts.views import way_on
from accounts.views.careful import carefully
from accounts.views.second_factor import as_json, credential_of
from foundation import clock
from foundation.errors import BadInput, NotFound, WrongState

SECRET = "fresh_totp_secret"  # noqa: S105 - the name of a place in the session
Kind = Authenticator.Type


@never_cache
@carefully
@require_safe
def factors(request: HttpRequest, person: Person) -> HttpResponse:
    """What stands; for who has nothing yet, the two ways to begin."""
    service.may_have_one(person)
    held = list(queries.factors_of(person))
    context = {
        "held": [_shown(row) for row in held if row.type != Kind.RECOVERY_CODES],
        "has_app": any(row.type == Kind.TOTP for row in held),
        "codes_left": sum(
            len(row.wrap().get_unused_codes()) for row in held if row.type == Kind.RECOVERY_CODES
        ),
        "next": way_on.wanted(request),
        "query": f"?{request.GET.urlencode()}" if way_on.wanted(request) else "",
    }
    return render(request, "accounts/factors.html", context)


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: HttpRequest, person: Person) -> HttpResponse:
    """Shows a secret as a picture and in letters, and asks for a code that shows the app has it."""
    service.may_have_one(person)
    wanted = way_on.wanted(request)
    secret = request.session.get(SECRET) or service.fresh_secret()
    request.session[SECRET] = secret
    if request.method == "POST":
        form = AppForm(request.POST)
        if form.is_valid():
            try:
                service.add_app(person, secret=secret, typed=form.cleaned_data["code"], now=clock.now())
            except (BadInput, WrongState) as refusal:
                form.add_error("code", str(refusal))
            else:
                request.session.pop(SECRET, None)
                return _began(request, person, Kind.TOTP, wanted)
    else:
        form = AppForm(initial={"next": wanted})
    link = get_adapter().build_totp_url(person, secret)
    context = {"form": form, "secret": _in_fours(secret), "link": link, "picture": _picture(link)}
    return render(request, "accounts/add_app.html", context)


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest, person: Person) -> HttpResponse:
    """Has the browser make a passkey; needs a script, and says so."""
    service.may_have_one(person)
    wanted = way_on.wanted(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"next": wanted})
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            service.add_passkey(person, credential=credential_of(request), name=name, now=clock.now())
        except (BadInput, WrongState) as refusal:
            form.add_error("name", str(refusal))
        else:
            return _began(request, person, Kind.WEBAUTHN, wanted)
    context = {"form": form, "options": as_json(passkeys.to_make_one(person))}
    return render(request, "accounts/add_passkey.html", context)


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest, person: Person) -> HttpResponse:
    """Shows the codes until they are put away, makes new ones, and never shows old ones again."""
    service.may_have_one(person)
    if not queries.has_second_factor(person):
        return redirect("accounts:factors")
    wanted = way_on.wanted(request)
    if request.method == "POST" and request.POST.get("step") == "new":
        service.renew_codes(person, now=clock.now())
        return redirect(way_on.with_next("accounts:recovery_codes", wanted))
    form = CodesKeptForm(request.POST if request.method == "POST" else None, initial={"next": wanted})
    if form.is_valid():
        service.put_codes_away(person)
        return redirect(wanted or "accounts:factors")
    context = {"form": form, "codes": [_in_fives(code) for code in service.codes_to_keep(person)]}
    return render(request, "accounts/recovery_codes.html", context)


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def remove_factor(request: HttpRequest, person: Person, key: int) -> HttpResponse:
    """Asks again, and takes an app or a passkey away."""
    row = queries.factors_of(person).filter(pk=key).exclude(type=Kind.RECOVERY_CODES).first()
    if row is None:
        raise NotFound(_("It may have been removed already."))
    form = RemoveFactorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service.remove_factor(person, key, keep=request.session.session_key or "", now=clock.now())
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is removed. Other browsers are signed out."))
            return redirect("accounts:factors")
    return render(request, "accounts/remove_factor.html", {"form": form, "shown": _shown(row)})


def _began(request: HttpRequest, person: Person, kind: str, wanted: str) -> HttpResponse:
    """A factor that was just shown to work counts as given; recovery codes come next, the first time."""
    renew_key(request, person)
    factor.mark(request.session, person, how=str(kind), now=clock.now())
    messages.success(request, _("Your second factor is set up."))
    if service.codes_to_keep(person):
        return redirect(way_on.with_next("accounts:recovery_codes", wanted))
    return redirect(wanted or "accounts:factors")


def _shown(row: Authenticator) -> dict[str, object]:
    app = row.type == Kind.TOTP
    return {
        "key": row.pk,
        "name": _("Authenticator app") if app else row.wrap().name,
        "is_app": app,
        "since": row.created_at,
        "used": row.last_used_at,
        "remove": reverse("accounts:remove_factor", args=[row.pk]),
    }


def _in_fours(secret: str) -> str:
    return " ".join(secret[begin : begin + 4] for begin in range(0, len(secret), 4))


def _in_fives(code: str) -> str:
    return " ".join(code[begin : begin + 5] for begin in range(0, len(code), 5))


def _picture(words: str) -> dict[str, object]:
    """A QR code as one SVG path of unit squares: `{size, path}`."""
    code = QRCode(border=4, error_correction=ERROR_CORRECT_M)
    code.add_data(words)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"size": len(rows), "path": "".join(squares)}

"""Getting on the newsletter's list and off it again. No cookie and no account: the code in the link is the key."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import Agency
from foundation import clock
from foundation.errors import NotFound, PortalError
from outreach import services


class AddressForm(forms.Form):
    """One address, on a page of its own."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_("We send one letter to it first, with a link to confirm."),
    )


@csrf_exempt  # no session is asked for, so there is nothing that a stranger's page could misuse
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the letters of one agency."""
    agency = get_object_or_404(Agency, slug=slug)
    form = AddressForm(request.POST or None)
    asked = False
    if request.method == "POST" and form.is_valid():
        try:
            services.subscribe(
                agency,
                address=form.cleaned_data["address"],
                language=get_language() or settings.LANGUAGE_CODE,
                now=clock.now(),
            )
            asked = True
        except PortalError as error:
            form.add_error("address", str(error))
    context = {"form": form, "agency": agency, "asked": asked}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "outreach/letters.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """A page with one button; only the button confirms, so that a mail scanner's look does not."""
    reader = services.reader_of(code)
    if request.method == "POST":
        reader = services.confirm(code, now=clock.now())
    with translation.override(reader.language):
        return render(request, "outreach/confirm.html", {"reader": reader})


@csrf_exempt  # RFC 8058: the mail program posts without cookies; the code is the key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """One click of the mail program (POST), or a page with one button. Leaving twice is no error."""
    if request.method == "POST":
        services.leave(code)
        return render(request, "outreach/left.html")
    try:
        reader = services.reader_of(code)
    except NotFound:
        return render(request, "outreach/left.html")
    with translation.override(reader.language):
        return render(request, "outreach/leave.html", {"reader": reader})

"""Flag something that everybody can read: a page with a form, so that reading itself needs none."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from accounts.verification.limits import network_of
from consultations.models import Contribution
from consultations.permissions import may_take_part
from consultations.queries import listed
from foundation import clock
from foundation.errors import NotFound, PortalError
from moderation import conf, queries, reasons, services
from moderation.forms import FlagForm
from moderation.permissions import can_be_flagged


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, key: UUID) -> HttpResponse:
    """The words and a form; for who is not signed in, the way in, and one button for danger to life.

    What was typed is never lost: a form that cannot be taken comes back filled.
    """
    contribution = fetch(key)
    person = request.user if isinstance(request.user, Person) else None
    if request.method != "POST":
        return _page(request, contribution, person, FlagForm())
    now = clock.now()
    if person is None and request.POST.get("reason") == reasons.DANGER.code:
        services.raise_by_stranger(contribution, network=network_of(request), now=now)
        messages.success(request, _("Thank you. A person is told now."))
        return redirect(f"{request.path}?{urlencode({'told': '1'})}")
    form = FlagForm(request.POST)
    if person is None or not form.is_valid():
        return _page(request, contribution, person, form, signed_out=person is None)
    try:
        services.flag(
            contribution,
            by=person,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            language=get_language() or "en",
            now=now,
        )
    except PortalError as error:
        form.add_error(None, str(error))
        return _page(request, contribution, person, form, status=error.status)
    messages.success(request, _("Thank you. Your flag is with the moderators."))
    return redirect(request.path)


def fetch(key: UUID) -> Contribution:
    """What people said and everybody can read now. Raises NotFound for all others."""
    rows = Contribution.objects.select_related("participant", "consultation__agency", "question")
    found = rows.filter(key=key).first()
    if found is None or not can_be_flagged(found, clock.now()):
        raise NotFound(_("These words are not shown here, so there is nothing to flag."))
    return found


def _page(
    request: HttpRequest,
    contribution: Contribution,
    person: Person | None,
    form: FlagForm,
    *,
    signed_out: bool = False,
    status: int = 200,
) -> HttpResponse:
    subject = listed([contribution.consultation], get_language() or "", request)[0]
    context: dict[str, Any] = {
        "crumbs": [
            {"label": subject.title, "url": subject.url},
            {"label": _("Flag"), "url": ""},
        ],
        "contribution": contribution,
        "subject": subject,
        "form": form,
        "refusal": _refusal(contribution, person),
        "flagged": queries.flag_of(person, contribution),
        "told": person is None and "told" in request.GET,
        "signed_out": signed_out,
        "danger": reasons.DANGER,
        "number": conf.emergency_number(),
        "many": services.threshold(0),
        "sign_in": f"{reverse('accounts:sign_in')}?{urlencode({'next': request.path})}",
    }
    return render(request, "moderation/flag.html", context, status=status)


def _refusal(contribution: Contribution, person: Person | None) -> str:
    """Why this person cannot flag it, in words; empty when nothing stands in the way."""
    if person is None:
        return ""
    if contribution.participant.person_id == person.pk:
        return _("These are your own words. You can take them back on the page of your voice.")
    if not may_take_part(person, contribution.consultation):
        return _(
            "You work for the agency that asks. So that it cannot point at what people say to it, its own people "
            "flag nothing here; its moderators have their desk."
        )
    return ""

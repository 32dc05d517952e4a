"""The clerk's desk: an appeal that came as a letter is typed in, by the receipt that stands on it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from consultations import queries as hall
from consultations.models import Contribution, Response
from foundation import clock
from foundation.errors import PortalError
from moderation import queries, reasons, services
from moderation.forms import PaperForm
from moderation.permissions import can_type_in, has_paper


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """First the receipt, then the letter; both by POST, so that no receipt stands in a log of addresses.

    What was said is not shown here: the clerk sees which decisions there are, and their public reasons.
    """
    if not isinstance(request.user, Person) or not has_paper(request.user):
        raise PermissionDenied
    now, code = clock.now(), request.POST.get("code", "").strip()
    response = hall.voice(code) if code else None
    parts = _parts(response, request.user, now)
    typed = request.POST if "words" in request.POST and parts else None
    form = PaperForm(typed, parts=_choices(parts), language=response.language if response else "")
    problem, status = _problem(request, response, parts)
    if form.is_valid():
        given = form.cleaned_data
        chosen = next(each for each in parts if str(each.key) == given["part"])
        try:
            made = services.appeal(
                chosen, words=given["words"], language=given["language"], now=now, typed_by=request.user
            )
        except PortalError as error:
            problem, status = str(error), error.status
        else:
            day = date_format(timezone.localtime(made.due_at), "j F Y")
            messages.success(request, _("Typed in. The ombuds moderator decides by %(day)s.") % {"day": day})
            return redirect("moderation_paper")
    context: dict[str, Any] = {"code": code, "form": form if parts else None, "problem": problem}
    return render(request, "moderation/desk/paper.html", context, status=status)


def _parts(response: Response | None, by: Person, now: datetime) -> list[Contribution]:
    """What of this voice can be appealed against, when it was said to an agency of this clerk."""
    if response is None:
        return []
    said = response.contributions.select_related("consultation", "participant", "question")
    return [
        each
        for each in said.order_by("pk")
        if can_type_in(by, each) and queries.can_be_appealed(each, now) and not queries.appeal_against(each)
    ]


def _choices(parts: list[Contribution]) -> list[tuple[str, str]]:
    found = []
    for each in parts:
        spec = hall.spec_for(each.question, get_language() or "") if each.question else None
        about = spec.prompt if spec else each.get_kind_display()
        why = reasons.words_of(each.reason) if each.reason else ""
        words = _("%(about)s (%(state)s: %(reason)s)") if why else _("%(about)s (%(state)s)")
        found.append(
            (str(each.key), words % {"about": about, "state": each.get_state_display(), "reason": why})
        )
    return found


def _problem(request: HttpRequest, response: Response | None, parts: list[Contribution]) -> tuple[str, int]:
    if request.method != "POST" or parts:
        return "", 200
    if response is None or not any(
        can_type_in(request.user, each) for each in response.contributions.select_related("consultation")
    ):
        return _("No voice that your agency heard has this receipt. Look at the letter once more."), 404
    return _("There is nothing to appeal against now, or an appeal stands already."), 409

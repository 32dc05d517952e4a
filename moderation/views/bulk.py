"""Many cases at once: look at them once more, decide them in one way, and hear which of them were left."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Person
from foundation import audit, clock
from foundation.desk import numbers
from foundation.errors import PortalError
from foundation.lines import csv_file, csv_line
from moderation import queries, reasons, services
from moderation.models import Case
from moderation.permissions import agencies_seen, has_desk
from moderation.views.desk import asked_for, short

STEP = 1000
COLUMNS = (
    "case", "agency", "consultation", "kind", "state", "words_are", "reason", "held_by", "flags", "waits_since",
    "due_at", "decided_at",
)  # fmt: skip


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """First the list of what was chosen, with the act in words; then, with `sure`, the act."""
    person = request.user
    if not isinstance(person, Person) or not has_desk(person):
        raise PermissionDenied
    keys = numbers(request.POST.getlist("case"))
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    cases = list(
        Case.objects.filter(pk__in=keys, agency__in=agencies_seen(person))
        .select_related("agency", "contribution__participant", "contribution__consultation")
        .order_by("due_at", "pk")
    )
    if request.POST.get("sure"):
        return _decide(request, person, cases, verdict, reason)
    problem = _problem(cases, verdict, reason)
    back = _back(request, keys)
    if problem:
        messages.error(request, problem)
        return redirect(back)
    context = {
        "lines": [
            {"case": case, "text": short(case.contribution), "language": case.contribution.language}
            for case in cases
        ],
        "verdict": verdict,
        "reason": reason,
        "reason_words": reasons.words_of(reason) if verdict == "reject" else "",
        "kept": request.POST.get("kept", ""),
        "back": back,
        "kind": cases[0].contribution.get_kind_display(),
    }
    return render(request, "moderation/desk/bulk.html", context)


def _back(request: HttpRequest, chosen: Iterable[int] = ()) -> str:
    """The desk with its filters, and with the same cases chosen."""
    kept = QueryDict(request.POST.get("kept", ""), mutable=True)
    kept.setlist("pick", [str(key) for key in chosen])
    query = kept.urlencode()
    return reverse("moderation_desk") + (f"?{query}" if query else "")


def _problem(cases: list[Case], verdict: str, reason: str) -> str:
    """What is wrong with the choice, before anything is shown; the service asks again."""
    try:
        services.check_choice(cases, verdict, reason)
    except PortalError as error:
        return str(error)
    return ""


def _decide(
    request: HttpRequest, person: Person, cases: list[Case], verdict: str, reason: str
) -> HttpResponse:
    try:
        came = services.decide_many(cases, by=person, verdict=verdict, reason=reason, now=clock.now())
    except PortalError as error:
        messages.error(request, str(error))
        return redirect(_back(request))
    if came.decided:
        done = ngettext("%(n)d case is decided.", "%(n)d cases are decided.", len(came.decided))
        messages.success(request, done % {"n": len(came.decided)})
    if came.left:
        left = [_("case %(n)d (%(why)s)") % {"n": case.pk, "why": why} for case, why in came.left]
        messages.warning(request, _("Left as they are: %(cases)s") % {"cases": get_text_list(left, _("and"))})
    return redirect(_back(request))


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as it is narrowed, for a spreadsheet: codes, counts and moments; no words and no names."""
    agencies, _form, wanted = asked_for(request)
    rows = queries.desk(agencies, clock.now(), **wanted)
    audit.write(
        "cases.exported", by=request.user.pk, thing="cases", filters=sorted(k for k in wanted if wanted[k])
    )
    return csv_file("cases", _lines(rows))


def _lines(rows: Any) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for case in rows.iterator(chunk_size=STEP):
        contribution = case.contribution
        yield csv_line(
            (
                case.pk,
                case.agency.slug,
                contribution.consultation.translation_key,
                contribution.kind,
                case.state,
                contribution.state,
                contribution.reason,
                " ".join(case.screens),
                case.flags,
                case.opened_at,
                case.due_at,
                case.decided_at,
            )
        )

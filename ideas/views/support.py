"""Support an idea or a comment, or take it back: a page with one button."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from foundation import clock
from foundation.errors import BadInput
from ideas import queries, services
from ideas.forms import fresh_key
from ideas.permissions import is_open_for_comments
from ideas.views import gate, rows, ways


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks by GET and changes nothing; casts by POST. A second press takes the support back."""
    now = clock.now()
    contribution = gate.fetch(key, now)
    person = gate.reader(request)
    if person is None:
        return redirect(ways.to_sign_in(request))
    home = ways.back(request, ways.to(contribution))
    if request.method == "POST":
        wanted = request.POST.get("value") or request.GET.get("value")
        act = services.withdraw if wanted == "0" else services.support
        came = act(contribution, person=person, request_key=_key(request), now=now)
        thanks = (
            _("You support this. It is counted within seconds.")
            if came.value
            else _("You no longer support this.")
        )
        messages.success(request, thanks)
        return redirect(home)
    if gate.is_gone(contribution):
        return redirect(ways.to(contribution))
    pressed = contribution.pk in queries.supported_by(person, [contribution.pk])
    title = rows.title_of(contribution)
    context = gate.facts(
        contribution,
        title=title,
        crumbs=ways.crumbs(_("Support"), (ways.to(contribution), title, contribution.language), below=True),
        pressed=pressed,
        refusal=_refusal(person, contribution, now),
        request_key=fresh_key(),
        home=home,
    )
    return render(request, "ideas/support.html", context)


def _refusal(person: Person, contribution: gate.Contribution, now: gate.datetime) -> str:
    if not is_open_for_comments(contribution, now):
        return gate.closed_words(contribution.consultation, now)
    if contribution.participant.person_id == person.pk:
        return _("These are your own words; they count already.")
    return gate.refusal(person, contribution.consultation)


def _key(request: HttpRequest) -> UUID | None:
    given = request.POST.get("request_key")
    try:
        return uuid.UUID(given) if given else None
    except ValueError:
        raise BadInput(_("This form is broken. Load the page again, please.")) from None

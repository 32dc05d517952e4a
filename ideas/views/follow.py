"""Follow an idea, or stop: a page with one button. Nobody sees who follows what."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.models import Contribution
from foundation import clock
from foundation.errors import NotFound
from ideas import queries, services
from ideas.views import gate, rows, ways


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks by GET and changes nothing; follows by POST, or stops when `value` is 0."""
    now = clock.now()
    contribution = gate.fetch(key, now)
    person = gate.reader(request)
    if person is None:
        return redirect(ways.to_sign_in(request))
    if contribution.kind != Contribution.Kind.IDEA or not hasattr(contribution, "idea"):
        raise NotFound(_("Only an idea can be followed."))
    home = ways.back(request, ways.to(contribution))
    if request.method == "POST":
        if request.POST.get("value") == "0":
            services.unfollow(contribution.idea, person=person)
            messages.success(request, _("You no longer follow this idea."))
        elif gate.is_gone(contribution):
            return redirect(ways.to(contribution))
        else:
            services.follow(contribution.idea, person=person, now=now)
            messages.success(
                request,
                _(
                    "You follow this idea. It stands on your own page now, and a letter tells what is new below it if "
                    "we know an e-mail address of yours."
                ),
            )
        return redirect(home)
    if gate.is_gone(contribution):
        return redirect(ways.to(contribution))
    title = rows.title_of(contribution)
    context = gate.facts(
        contribution,
        title=title,
        crumbs=ways.crumbs(_("Follow"), (ways.to(contribution), title, contribution.language), below=True),
        following=queries.follows(person, contribution.idea),
        home=home,
    )
    return render(request, "ideas/follow.html", context)

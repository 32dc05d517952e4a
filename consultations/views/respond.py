"""Answering begins: a short form on one page, a longer one question by question, from where one left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from consultations import queries
from consultations.forms import RespondForm
from consultations.services import code_of, submit
from consultations.views.answering import Answering
from foundation import clock
from foundation.errors import BadInput, WrongState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, key: UUID, phase: int) -> HttpResponse:
    """The form of one phase, or the way to its first open question. Members of the agency are told before they type."""
    here = Answering(request, key, phase)
    person = here.person
    if person is None and not here.in_steps:
        if request.method == "POST":
            return here.kept(_("You are not signed in any more, so we could not take your answer."), 403)
        return here.to_sign_in()
    stopped = here.stopped()
    if stopped is not None:
        return stopped
    answered = to_earlier(here) if request.method != "POST" else None
    if answered is not None:
        return answered
    if here.in_steps or person is None:
        return redirect(here.resume_url())
    return _take(here, person) if request.method == "POST" else _show(here, RespondForm(asked=here.asked))


def to_earlier(here: Answering) -> HttpResponse | None:
    """The way to what this person answered before; None when there is nothing."""
    earlier = queries.active_response(here.person, here.phase) if here.person is not None else None
    if earlier is None:
        return None
    messages.info(here.request, _("You have answered this already. Take it back if you want to answer anew."))
    return redirect("consultations:voice", code=code_of(earlier) or "-")


def _take(here: Answering, person: Person) -> HttpResponse:
    """Hands the answer to the hall; an answer that cannot be taken comes back with all its words."""
    form = RespondForm(here.request.POST, here.request.FILES, asked=here.asked)
    if not form.is_valid():
        return _show(here, form)
    try:
        came = submit(
            here.consultation,
            sayings=form.sayings(),
            person=person,
            now=clock.now(),
            form=f"phase:{here.phase.pk}",
            terms=form.terms(),
            request_key=form.cleaned_data["request_key"],
        )
    except BadInput as refusal:
        form.add_error(None, str(refusal))
        return _show(here, form)
    except WrongState as refusal:
        return here.kept(str(refusal), refusal.status)
    if not came.repeated:
        messages.success(here.request, _("Your answer is in. Thank you."))
    return redirect("consultations:voice", code=came.receipt)


def _show(here: Answering, form: RespondForm) -> HttpResponse:
    """The form on its page."""
    return render(here.request, "consultations/respond.html", {**here.context(), "form": form})

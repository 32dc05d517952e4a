"""Answering: all questions of a phase on one page; what was typed is never lost."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from consultations import queries
from consultations.forms import RespondForm, answerable, field_name
from consultations.instruments import instruments
from consultations.models import Consultation, Phase
from consultations.permissions import may_take_part
from consultations.services import code_of, submit
from consultations.views import words
from consultations.views.reader import reader
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, key: UUID, phase: int) -> HttpResponse:
    """The form of one phase. It asks who answers first, and tells members of the agency before they type."""
    found = get_object_or_404(
        Phase.objects.select_related("consultation__agency"),
        pk=phase, consultation__translation_key=key, consultation__withdrawn_at=None, retired_at=None,
    )  # fmt: skip
    page = _Page(request, found)
    if not page.asked:
        raise Http404
    person = reader(request)
    if person is None:
        if request.method == "POST":
            return page.kept(_("You are not signed in any more, so we could not take your answer."), 403)
        return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': request.path})}")
    if not may_take_part(person, page.consultation):
        raise NotAllowed(
            _("You work for %(agency)s, which asks here. So you cannot answer as a citizen.")
            % {"agency": page.consultation.agency.name}
        )
    if not page.is_open():
        if request.method == "POST":
            return page.kept(page.closed_words(), WrongState.status)
        raise WrongState(page.closed_words())
    return page.take(person) if request.method == "POST" else page.offer(person)


class _Page:
    """One request for the form of a phase."""

    def __init__(self, request: HttpRequest, phase: Phase) -> None:
        self.request, self.phase = request, phase
        self.consultation: Consultation = phase.consultation
        language = get_language() or self.consultation.language
        asked = queries.specs_for(self.consultation, language)
        self.asked = answerable([pair for pair in asked if pair[0].phase_id == phase.pk])
        self.listed = queries.listed([self.consultation], language, request)[0]

    def is_open(self) -> bool:
        now = clock.database_now()
        return self.consultation.is_open(now) and self.phase.is_open(now)

    def closed_words(self) -> str:
        """Why nothing can be sent now."""
        if clock.database_now() < self.phase.opens_at:
            return _("This opens on %(moment)s.") % {"moment": words.minute(self.phase.opens_at)}
        return _("This closed on %(moment)s.") % {"moment": words.minute(self.phase.closes_at)}

    def offer(self, person: Person) -> HttpResponse:
        """The empty form, or the way to what was answered before."""
        earlier = queries.active_response(person, self.phase)
        if earlier is not None:
            messages.info(
                self.request, _("You have answered this already. Take it back if you want to answer anew.")
            )
            return redirect("consultations:voice", code=code_of(earlier) or "-")
        return self.show(RespondForm(asked=self.asked))

    def take(self, person: Person) -> HttpResponse:
        """Hands the answer to the hall; an answer that cannot be taken comes back with all its words."""
        form = RespondForm(self.request.POST, self.request.FILES, asked=self.asked)
        if not form.is_valid():
            return self.show(form)
        try:
            came = submit(
                self.consultation,
                sayings=form.sayings(),
                person=person,
                now=clock.now(),
                form=f"phase:{self.phase.pk}",
                terms=form.terms(),
                request_key=form.cleaned_data["request_key"],
            )
        except BadInput as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        except WrongState as refusal:
            return self.kept(str(refusal), refusal.status)
        if not came.repeated:
            messages.success(self.request, _("Your answer is in. Thank you."))
        return redirect("consultations:voice", code=came.receipt)

    def show(self, form: RespondForm) -> HttpResponse:
        """The form on its page."""
        return render(self.request, "consultations/respond.html", {**self._context(), "form": form})

    def kept(self, reason: str, status: int) -> HttpResponse:
        """The reason, and everything that was typed, ready to be copied."""
        typed = [{"prompt": spec.prompt, "lang": spec.language, "id": field_name(question), "text": text}
                 for question, spec in self.asked
                 if (text := _typed(self.request.POST, question.instrument, spec, field_name(question)))]  # fmt: skip
        organisation = self.request.POST.get("organisation", "")
        if organisation:
            typed.append(
                {"prompt": _("Name of the organisation"), "id": "organisation", "text": organisation}
            )
        context = {
            **self._context(),
            "reason": reason,
            "typed": typed,
            "signed_out": status == NotAllowed.status,
        }
        return render(self.request, "consultations/kept.html", context, status=status)

    def _context(self) -> dict[str, Any]:
        return {
            "consultation": self.consultation,
            "listed": self.listed,
            "phase": self.phase,
            "closes": words.minute(self.phase.closes_at),
            "agency": self.listed.agency,
        }


def _typed(post: QueryDict, instrument: str, spec: Any, name: str) -> str:
    """What was typed into one field, in words; as it stands when it fits no option."""
    values = post.getlist(name)
    try:
        said = instruments[instrument].clean(spec, values if len(values) > 1 else "".join(values))
    except forms.ValidationError:
        return "\n".join(values)
    return instruments[instrument].describe(spec, said.text, said.answer) if said else ""

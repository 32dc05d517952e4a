"""One request on the way of an answer: what is asked, whose draft it is, and words that are never lost."""

import uuid
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations import queries
from consultations.forms import answerable, field_name
from consultations.instruments import QuestionSpec, instruments
from consultations.models import Consultation, Phase, Question
from consultations.permissions import may_take_part
from consultations.services import drafts
from consultations.services.drafts import Kept, Owner
from consultations.views import words
from consultations.views.reader import reader
from foundation import clock
from foundation.errors import NotAllowed, WrongState
from foundation.prepared import prepared

SHORT = 2
"""Up to so many questions stand on one page."""
VISITOR = "answering"
"""Under which a session keeps whose draft a visitor's is."""


class Answering:
    """One request for the questions of a phase. Raises Http404 where nothing is asked in a form."""

    def __init__(self, request: HttpRequest, key: UUID, phase: int) -> None:
        self.request = request
        found = _phase(phase, key)
        if not found:
            raise Http404
        self.phase = found[0]
        self.consultation: Consultation = self.phase.consultation
        language = get_language() or self.consultation.language
        asked = queries.specs_for(self.consultation, language)
        self.asked = answerable([pair for pair in asked if pair[0].phase_id == self.phase.pk])
        if not self.asked:
            raise Http404
        self.listed = queries.listed([self.consultation], language, request)[0]
        self.person = reader(request)
        if self.person is not None and not may_take_part(self.person, self.consultation):
            raise NotAllowed(
                _("You work for %(agency)s, which asks here. So you cannot answer as a citizen.")
                % {"agency": self.consultation.agency.name}
            )
        self._adopt()

    @property
    def in_steps(self) -> bool:
        """One question on a page?"""
        return len(self.asked) > SHORT

    def is_open(self) -> bool:
        """Can it be sent now, by the database's clock?"""
        now = clock.database_now()
        return self.consultation.is_open(now) and self.phase.is_open(now)

    def closed_words(self) -> str:
        """Why nothing can be sent now."""
        if clock.database_now() < self.phase.opens_at:
            return _("This opens on %(moment)s.") % {"moment": words.minute(self.phase.opens_at)}
        return _("This closed on %(moment)s.") % {"moment": words.minute(self.phase.closes_at)}

    def stopped(self) -> HttpResponse | None:
        """The page that says why one cannot go on, with everything that was typed; None when one can."""
        if self.is_open():
            return None
        if self.request.method == "POST" or self.draft() is not None:
            return self.kept(self.closed_words(), WrongState.status)
        raise WrongState(self.closed_words())

    # Whose draft

    def _adopt(self) -> None:
        """What a visitor typed becomes theirs when they have signed in."""
        visitor = visitor_of(self.request)
        if self.person is not None and visitor is not None:
            drafts.adopt(visitor, self.person, now=clock.now())
            del self.request.session[VISITOR]

    def owner(self, *, make: bool = False) -> Owner | None:
        """Whose draft it is; `make` gives a visitor who has none yet a place in the session."""
        if self.person is not None:
            return Owner(person=self.person)
        visitor = visitor_of(self.request)
        if visitor is None and make:
            visitor = uuid.uuid4()
            self.request.session[VISITOR] = str(visitor)
            self._visitor = visitor
        visitor = visitor or getattr(self, "_visitor", None)
        return Owner(visitor=visitor) if visitor is not None else None

    def draft(self) -> Kept | None:
        """What was typed and not sent yet."""
        owner = self.owner()
        return drafts.kept(owner, self.phase) if owner is not None else None

    # Addresses

    def url(self, step: int = 0) -> str:
        """The address of a step; 0 is the beginning, one beyond the last question the terms."""
        place = [self.consultation.translation_key, self.phase.pk]
        if not step:
            return reverse("consultations:respond", args=place)
        return reverse("consultations:step", args=[*place, step])

    def check_url(self) -> str:
        """The page on which everything is looked at once more."""
        return reverse("consultations:check", args=[self.consultation.translation_key, self.phase.pk])

    def resume_url(self) -> str:
        """Where somebody left: the first question they have not seen, then the terms, then the check."""
        draft = self.draft() or Kept()
        for step, (question, _spec) in enumerate(self.asked, start=1):
            if question.pk not in draft.typed:
                return self.url(step)
        return self.url(len(self.asked) + 1) if draft.terms is None else self.check_url()

    def to_sign_in(self, back: str = "") -> HttpResponse:
        """To the sign-in, which comes back here."""
        return redirect(sign_in_url(back or self.request.path))

    # Pages

    def context(self) -> dict[str, Any]:
        """What each of the pages shows beside its form."""
        return {
            "consultation": self.consultation,
            "listed": self.listed,
            "phase": self.phase,
            "closes": words.minute(self.phase.closes_at),
            "agency": self.listed.agency,
        }

    def kept(self, reason: str, status: int) -> HttpResponse:
        """The reason, and everything that was typed, ready to be copied."""
        draft = self.draft() or Kept()
        typed = []
        for question, spec in self.asked:
            name = field_name(question)
            given = self.request.POST.getlist(name) or draft.typed.get(question.pk, [])
            for number, values in enumerate([given, *draft.others.get(question.pk, [])]):
                text = in_words(question, spec, values)
                if text:
                    typed.append(
                        {"prompt": spec.prompt, "lang": spec.language, "id": f"{name}-{number}", "text": text}
                    )
        organisation = self.request.POST.get("organisation") or (draft.terms or {}).get("organisation", "")
        if organisation:
            typed.append(
                {"prompt": _("Name of the organisation"), "id": "organisation", "text": organisation}
            )
        context = {
            **self.context(),
            "reason": reason,
            "typed": typed,
            "signed_out": status == NotAllowed.status,
        }
        return render(self.request, "consultations/kept.html", context, status=status)


@prepared
def _phase(phase: int, key: UUID) -> "QuerySet[Phase]":
    return Phase.objects.select_related("consultation__agency").filter(
        pk=phase, consultation__translation_key=key, consultation__withdrawn_at=None, retired_at=None
    )


def visitor_of(request: HttpRequest) -> UUID | None:
    """The place of a visitor's drafts; the session is asked only when its cookie came."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    found = request.session.get(VISITOR)
    return UUID(found) if found else None


def sign_in_url(back: str) -> str:
    """The sign-in page, which comes back there."""
    return f"{reverse('accounts:sign_in')}?{urlencode({'next': back})}"


def in_words(question: Question, spec: QuestionSpec, values: list[str]) -> str:
    """What was typed into one field, in words; as it stands when it fits no option."""
    instrument = instruments[question.instrument]
    try:
        said = instrument.clean(spec, values if len(values) > 1 else "".join(values))
    except forms.ValidationError:
        return "\n".join(values)
    return instrument.describe(spec, said.text, said.answer) if said else ""


def posted(typed: dict[int, list[str]], **more: str) -> QueryDict:
    """A draft as a browser would send it."""
    data = QueryDict(mutable=True)
    for pk, values in typed.items():
        data.setlist(f"q{pk}", values)
    for name, value in more.items():
        data[name] = value
    return data

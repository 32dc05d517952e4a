"""One question on a page; each word is kept before the next page comes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.forms import StepForm, TermsStepForm, field_name
from consultations.instruments import QuestionSpec
from consultations.models import Question
from consultations.queries import active_response
from consultations.services import drafts
from consultations.services.drafts import Kept
from consultations.views.answering import Answering, in_words
from consultations.views.check import terms_in_words
from consultations.views.respond import to_earlier
from foundation import clock
from foundation.errors import BadInput, WrongState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: UUID, phase: int, step: int) -> HttpResponse:
    """Question number `step`, or after the last one the terms. Whatever button is pressed, the words are kept first.

    `go` is `next` (default; what is typed is checked), `back`, `skip` or `later`; `?from=check` leads back there.
    """
    here = Answering(request, key, phase)
    last = len(here.asked) + 1
    if not here.in_steps or not 1 <= step <= last:
        raise Http404
    at = _Step(here, step, last)
    return at.take() if request.method == "POST" else at.offer()


class _Step:
    """One step of an answer."""

    def __init__(self, here: Answering, step: int, last: int) -> None:
        # Questions may have been put in another order since the page was shown.
        sent = [at for at, pair in enumerate(here.asked, 1) if field_name(pair[0]) in here.request.POST]
        self.here, self.step, self.last = here, sent[0] if sent else step, last
        self.pair = here.asked[self.step - 1] if self.step < last else None
        self.changing = here.request.GET.get("from") == "check"
        self.earlier: dict[str, Any] | None = None

    def offer(self) -> HttpResponse:
        """The page with what was typed before."""
        stopped = self.here.stopped() or to_earlier(self.here)
        if stopped is not None:
            return stopped
        draft = self.here.draft() or Kept()
        return self.show(self._form(draft), draft)

    def take(self) -> HttpResponse:
        """Keeps the words, whatever comes; then goes where the button leads, or says what is wrong."""
        go = self.here.request.POST.get("go", "next")
        try:
            well = self._keep()
        except BadInput as refusal:
            form = self._filled()
            form.add_error(None, str(refusal))
            return self.show(form, self.here.draft() or Kept())
        stopped = self.here.stopped() or self._answered()
        if stopped is not None:
            return stopped
        form = self._filled()
        draft = self.here.draft() or Kept()
        if not well:
            return self.show(self._form(draft) if form.is_valid() else form, draft, twice=True)
        if go == "next" and not form.is_valid():
            return self.show(form, draft)
        if go == "later":
            messages.success(self.here.request, self._kept_words())
            return redirect(self.here.listed.url or "consultations:index")
        return redirect(self._way(go))

    def _keep(self) -> bool:
        post = self.here.request.POST
        owner = self.here.owner(make=True)
        assert owner is not None
        if self.pair is None:
            terms, seen = TermsStepForm.kept(post), post.get("seen")
            self.earlier = drafts.keep_terms(owner, self.here.phase, terms, seen=seen, now=clock.now())
            return self.earlier is None
        question, _spec = self.pair
        return drafts.keep(
            owner,
            question,
            post.getlist(field_name(question)),
            seen=post.get("seen", ""),
            others_seen=post.get("others_seen", ""),
            now=clock.now(),
        )

    def _answered(self) -> HttpResponse | None:
        """Words for a question that was answered in another window meanwhile stay in sight."""
        person = self.here.person
        if person is None or active_response(person, self.here.phase) is None:
            return None
        words = _("You have answered this already. Take your answer back if you want to answer anew.")
        return self.here.kept(words, WrongState.status)

    def _way(self, go: str) -> str:
        if go == "back":
            return self.here.url(self.step - 1) if self.step > 1 else self.here.listed.url or self.here.url()
        if self.changing or self.step == self.last:
            return self.here.check_url()
        return self.here.url(self.step + 1)

    def _kept_words(self) -> str:
        if self.here.person is None:
            return _("What you typed is kept in this browser for eight hours. Sign in to keep it longer.")
        return _("What you typed is kept. Go on whenever you like.")

    # Forms

    def _form(self, draft: Kept) -> StepForm | TermsStepForm:
        """The form with what is kept."""
        if self.pair is None:
            initial = {**(draft.terms or {}), "seen": drafts.mark(draft.terms)}
            return TermsStepForm(initial=initial, asked=self.here.asked)
        initial = StepForm.initial_of(*self.pair, draft)
        return StepForm(initial=initial, pair=self.pair)

    def _filled(self) -> StepForm | TermsStepForm:
        """The form with what was sent."""
        post = self.here.request.POST
        if self.pair is None:
            return TermsStepForm(post, asked=self.here.asked)
        return StepForm(post, pair=self.pair)

    def _earlier_terms(self, form: Any, draft: Kept) -> list[str]:
        """What was chosen in another window, in words; the form says from now on that it has seen it."""
        if form.is_bound:
            form.data = form.data.copy()
            form.data["seen"] = drafts.mark(draft.terms)
        lines = terms_in_words(self.earlier, form) if self.earlier is not None else []
        return ["\n".join(f"{line['label']} {line['value']}" for line in lines)] if lines else []

    def show(self, form: StepForm | TermsStepForm, draft: Kept, *, twice: bool = False) -> HttpResponse:
        """The step on its page; `twice` where something else was typed in another window."""
        context = {
            **self.here.context(),
            "form": form,
            "step": self.step,
            "of": self.last - 1,
            "bars": self.last + 1,
            "pair": self.pair,
            "others": _others(self.pair, form, draft) if self.pair else self._earlier_terms(form, draft),
            "twice": twice,
            "check_url": self.here.check_url() if self.changing else "",
            "signed_in": self.here.person is not None,
        }
        return render(self.here.request, "consultations/step.html", context)


def _others(pair: tuple[Question, QuestionSpec], form: Any, draft: Kept) -> list[str]:
    """What was typed elsewhere, in words; a form that came back says from now on that it has seen it."""
    question, spec = pair
    if form.is_bound:
        fresh = StepForm.initial_of(question, spec, draft)
        form.data = form.data.copy()
        form.data["seen"], form.data["others_seen"] = fresh["seen"], fresh["others_seen"]
    found = [in_words(question, spec, typed) for typed in draft.others.get(question.pk, [])]
    return [words for words in found if words]

"""A voice's own page: what came in by one receipt, and everything that became of it.

Whoever holds the code sees states, themes and answers. The words, the name they stand under and the organisation
are shown to their author alone, and only when signed in.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.forms import FindVoiceForm
from consultations.instruments import instruments
from consultations.models import Contribution, Response, Visibility
from consultations.receipts import code_of, seal_of
from consultations.views import words
from consultations.views.circle import Circle
from consultations.views.reader import reader
from foundation import clock
from foundation.errors import NotFound
from foundation.languages import own_name


@require_safe
def find_voice(request: HttpRequest) -> HttpResponse:
    """Type a receipt's code, and see what became of the voice."""
    form = FindVoiceForm(request.GET if "code" in request.GET else None)
    status = 200
    if form.is_bound and form.is_valid():
        typed = "".join(sign for sign in form.cleaned_data["code"] if sign.isalnum())
        found = queries.voice(typed)
        if found is not None:
            return discreet(redirect("consultations:voice", code=code_of(found) or typed))
        form.add_error("code", _("No receipt has this code. Look at it once more, please."))
        status = 404
    return discreet(render(request, "consultations/find_voice.html", {"form": form}, status=status))


@never_cache
@require_safe
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """What was said by one receipt, and its way round: received, decided, counted, read, answered, done."""
    response = fetch(code)
    person = reader(request)
    author = person is not None and response.participant.person_id == person.pk
    now = clock.now()
    language = get_language() or response.language
    contributions = list(
        response.contributions.select_related("question", "parent").order_by("question__position", "pk")
    )
    circle = Circle(response, contributions, language, now, request)
    context = {
        "response": response,
        "consultation": response.consultation,
        "author": author,
        "code": code_of(response) or code,
        "kicker": kind_of(contributions),
        "pairs": _pairs(response, contributions, circle, author),
        "steps": circle.steps(),
        "themes": circle.themes(),
        "refused": circle.refused(),
        "listed": circle.listed,
        "agency": circle.listed.agency,
        "said": _said(response, contributions, language) if author else [],
        "sign_in": f"{reverse('accounts:sign_in')}?{urlencode({'next': request.path})}",
        "may_take_back": author and response.state == Response.State.SUBMITTED,
        "answered": any(contribution.kind == Contribution.Kind.ANSWER for contribution in contributions),
    }
    return discreet(render(request, "consultations/voice.html", context))


def fetch(code: str) -> Response:
    """The response that a code opens. Raises NotFound."""
    response = queries.voice(code)
    if response is None:
        raise NotFound(_("No receipt has this code. Look at it once more, please."))
    return response


def discreet(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search engine, and never told to the next site.

    `same-origin`, not `no-referrer`: under the latter a browser sends our own forms with `Origin: null`, which
    the check against forged requests refuses.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def kind_of(contributions: list[Contribution]) -> str:
    """What the receipt is for."""
    kinds = {contribution.kind for contribution in contributions}
    if kinds == {Contribution.Kind.IDEA}:
        return _("Receipt for your idea")
    if kinds == {Contribution.Kind.COMMENT}:
        return _("Receipt for your comment")
    return _("Receipt for your answer")


def _pairs(
    response: Response, contributions: list[Contribution], circle: Circle, author: bool
) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = [
        {
            "term": _("Consultation"),
            "value": circle.listed.title,
            "lang": circle.listed.language,
            "url": circle.listed.url,
        },
        {"term": _("Received"), "value": words.minute(response.submitted_at)},
    ]
    answered = sum(1 for contribution in contributions if contribution.kind == Contribution.Kind.ANSWER)
    if answered:
        many = ngettext("%(n)d question, in %(language)s", "%(n)d questions, in %(language)s", answered)
        pairs.append(
            {"term": _("Answered"), "value": many % {"n": answered, "language": own_name(response.language)}}
        )
    if author:
        shown_as = response.organisation or response.participant.pseudonym
        pairs.append({"term": _("You are known as"), "value": shown_as})
    if response.state == Response.State.WITHDRAWN and response.withdrawn_at:
        pairs.append({"term": _("Taken back"), "value": words.minute(response.withdrawn_at)})
    pairs.append({"term": _("Seal"), "value": _seal(response, contributions), "code": True})
    return pairs


def _seal(response: Response, contributions: list[Contribution]) -> str:
    said = json.dumps(
        [[str(c.key), c.text, c.answer] for c in contributions], sort_keys=True, ensure_ascii=False
    )
    plain = seal_of(said, response.key.hex)
    return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _said(response: Response, contributions: list[Contribution], language: str) -> list[dict[str, Any]]:
    """The words, with the question they answer and what became of each; for their author alone."""
    specs = {
        question.pk: spec
        for question, spec in queries.specs_for(response.consultation, language, retired=True)
    }
    found = []
    for contribution in contributions:
        spec = specs.get(contribution.question_id or 0)
        text = contribution.text
        if spec is not None and spec.instrument in instruments:
            text = instruments[spec.instrument].describe(spec, contribution.text, contribution.answer)
        found.append(
            {
                "prompt": spec.prompt if spec else contribution.get_kind_display(),
                "prompt_lang": spec.language if spec else "",
                "text": text,
                "lang": contribution.language if contribution.text else (spec.language if spec else ""),
                "state": _seen(contribution),
                "contribution": contribution,
            }
        )
    return found


def _seen(contribution: Contribution) -> str:
    """What became of one part, in two words."""
    question = contribution.question
    secret = question is not None and question.visibility == Visibility.CONFIDENTIAL
    if secret and contribution.state == Contribution.State.COUNTED:
        return str(Visibility.CONFIDENTIAL.label)
    return contribution.get_state_display()

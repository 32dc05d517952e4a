"""The last look before an answer is sent: everything on one page, each with a way to change it."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from consultations.forms import CheckForm, RespondForm, TermsForm, field_name
from consultations.models import Participant, Response
from consultations.services import code_of, drafts, submit
from consultations.services.drafts import Kept, Owner
from consultations.views.answering import Answering, in_words, posted, sign_in_url
from consultations.views.respond import to_earlier
from foundation import clock
from foundation.errors import BadInput, WrongState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: UUID, phase: int) -> HttpResponse:
    """All answers with links that change them. Sending is one POST; the same form sent twice is one answer."""
    here = Answering(request, key, phase)
    if not here.in_steps:
        raise Http404
    if request.method == "POST" and here.person is None:
        return here.to_sign_in(here.check_url())
    came = _came(here) if request.method == "POST" else None
    stopped = came or here.stopped() or to_earlier(here)
    if stopped is not None:
        return stopped
    draft = here.draft() or Kept()
    if request.method == "POST" and here.person is not None:
        return _send(here, here.person, draft)
    return _show(here, draft, _form(draft))


def _came(here: Answering) -> HttpResponse | None:
    """The receipt of this very form, when it had come in before."""
    try:
        request_key = UUID(here.request.POST.get("request_key", ""))
    except ValueError:
        return None
    earlier = Response.objects.filter(request_key=request_key, participant__person=here.person).first()
    return redirect("consultations:voice", code=code_of(earlier) or "-") if earlier is not None else None


def for_organisation(terms: dict[str, Any] | None) -> bool:
    """Do these terms say so?"""
    return (terms or {}).get("behalf") == Participant.Behalf.ORGANISATION


def _form(draft: Kept) -> CheckForm:
    initial = {"request_key": uuid.uuid4(), "seen": draft.mark}
    return CheckForm(initial=initial, with_paper=for_organisation(draft.terms))


def _whole(here: Answering, draft: Kept, request_key: str = "") -> RespondForm:
    """The draft as the one-page form would have sent it, with the paper of this request."""
    terms = draft.terms or {}
    data = posted(
        draft.typed,
        behalf=terms.get("behalf") or Participant.Behalf.PERSON,
        organisation=terms.get("organisation", ""),
        request_key=request_key or str(uuid.uuid4()),
        **{name: "on" for name in ("may_publish", "may_quote") if terms.get(name)},
    )
    files = here.request.FILES if for_organisation(draft.terms) else None
    return RespondForm(data, files, asked=here.asked)


def _send(here: Answering, person: Person, draft: Kept) -> HttpResponse:
    form = CheckForm(here.request.POST, here.request.FILES, with_paper=for_organisation(draft.terms))
    if here.request.POST.get("seen") != draft.mark:
        return _show(here, draft, _form(draft), changed=True)
    whole = _whole(here, draft, here.request.POST.get("request_key", ""))
    if _problems(here, whole):
        return _show(here, draft, _form(draft), sent=True)
    if not form.is_valid() or not whole.is_valid():
        return _show(here, draft, form)
    try:
        with transaction.atomic():
            came = submit(
                here.consultation,
                sayings=whole.sayings(),
                person=person,
                now=clock.now(),
                form=f"phase:{here.phase.pk}",
                terms=whole.terms(),
                request_key=whole.cleaned_data["request_key"],
            )
            drafts.drop(Owner(person=person), here.phase)
    except BadInput as refusal:
        form.add_error(None, str(refusal))
        return _show(here, draft, form)
    except WrongState as refusal:
        return here.kept(str(refusal), refusal.status)
    if not came.repeated:
        messages.success(here.request, _("Your answer is in. Thank you."))
    return redirect("consultations:voice", code=came.receipt)


def _show(
    here: Answering, draft: Kept, form: CheckForm, *, sent: bool = False, changed: bool = False
) -> HttpResponse:
    """The page; after sending with what is wrong on top."""
    whole = _whole(here, draft)
    context = {
        **here.context(),
        "form": form,
        "rows": _rows(here, draft, whole),
        "problems": _problems(here, whole) if sent else [],
        "changed": changed,
        "terms": terms_in_words(draft.terms or {}, whole),
        "terms_url": f"{here.url(len(here.asked) + 1)}?from=check",
        "bars": len(here.asked) + 2,
        "sign_in": sign_in_url(here.check_url()) if here.person is None else "",
    }
    return render(here.request, "consultations/check.html", context)


def _rows(here: Answering, draft: Kept, whole: RespondForm) -> list[dict[str, Any]]:
    """Each question with its answer in words, what is wrong with it, and the way to change it."""
    return [
        {
            "number": step,
            "prompt": spec.prompt,
            "lang": spec.language,
            "text": in_words(question, spec, draft.typed.get(question.pk, [])),
            "wrong": [str(error) for error in whole.errors.get(field_name(question), [])],
            "others": bool(draft.others.get(question.pk)),
            "url": f"{here.url(step)}?from=check",
        }
        for step, (question, spec) in enumerate(here.asked, start=1)
    ]


def _problems(here: Answering, whole: RespondForm) -> list[dict[str, str]]:
    """What stands in the way, each with the id of the link that leads to where it is mended."""
    places = {field_name(question): f"change-{step}" for step, (question, _spec) in enumerate(here.asked, 1)}
    places |= dict.fromkeys(("behalf", "organisation"), "change-terms")
    return [
        {"words": str(error), "control": place}
        for name, place in places.items()
        for error in whole.errors.get(name, [])
    ]


def terms_in_words(terms: dict[str, Any], whole: TermsForm) -> list[dict[str, str]]:
    """The terms in words, with what is wrong in them."""
    found = []
    for name in ("behalf", "organisation", "may_publish", "may_quote"):
        if name not in whole.fields:
            continue
        if name == "behalf":
            value = _("For an organisation") if for_organisation(terms) else _("For myself")
        elif name == "organisation":
            value = terms.get(name, "")
        else:
            value = _("Yes") if terms.get(name) else _("No")
        wrong = " ".join(str(error) for error in whole.errors.get(name, []))
        if value or wrong:
            found.append({"label": str(whole.fields[name].label), "value": value, "wrong": wrong})
    return found

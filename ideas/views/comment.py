"""Say something below an idea or a comment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.models import Contribution
from consultations.services import Submitted
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from ideas import services
from ideas.forms import CommentForm, fresh_key
from ideas.permissions import is_open_for_comments
from ideas.views import gate, rows, talk, ways

State = Contribution.State


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """The words that are answered, and a form. What was typed is never lost: the form comes back filled."""
    now = clock.now()
    parent = gate.fetch(key, now)
    person = gate.reader(request)
    if request.method != "POST":
        if gate.is_gone(parent):
            return redirect(ways.to(parent))
        if person is None:
            return redirect(ways.to_sign_in(request))
        refusal = gate.refusal(person, parent.consultation)
        if not refusal and not is_open_for_comments(parent, now):
            refusal = gate.closed_words(parent.consultation, now)
        return _page(request, parent, CommentForm(initial={"request_key": fresh_key()}), refusal=refusal)
    form = CommentForm(request.POST)
    if not form.is_valid() or person is None:
        return _page(request, parent, form, signed_out=person is None)
    try:
        came = services.comment(
            parent,
            person=person,
            text=form.cleaned_data["text"],
            request_key=form.cleaned_data["request_key"],
            language=get_language() or "en",
            now=now,
        )
    except (BadInput, NotAllowed, WrongState) as error:
        form.add_error(None, str(error))
        return _page(request, parent, form, status=error.status)
    messages.success(request, _thanks(parent, came))
    return redirect(ways.back(request, ways.to(parent)))


def _thanks(parent: Contribution, came: Submitted) -> str:
    said = came.response.contributions.first()
    if said is not None and said.state == State.PUBLISHED:
        return _("Your comment is shown. Your receipt: %(code)s") % {"code": came.receipt}
    hours = parent.consultation.agency.moderation_hours
    words = ngettext(
        "A moderator reads your comment within an hour. Your receipt: %(code)s",
        "A moderator reads your comment within %(hours)d hours. Your receipt: %(code)s",
        hours,
    )
    return words % {"hours": hours, "code": came.receipt}


def _page(
    request: HttpRequest,
    parent: Contribution,
    form: CommentForm,
    *,
    refusal: str = "",
    signed_out: bool = False,
    status: int = 200,
) -> HttpResponse:
    gone = gate.is_gone(parent)
    title = rows.title_of(parent) if not gone else _("This is no longer shown")
    context = gate.facts(
        parent,
        form=form,
        title=title,
        body=talk.gone_words(parent) if gone else rows.text_below(parent),
        crumbs=ways.crumbs(
            _("Comment"), (ways.to(parent), title, "" if gone else parent.language), below=True
        ),
        refusal=refusal,
        sign_in=ways.to_sign_in(request) if signed_out else "",
        home=ways.to(parent),
    )
    return render(request, "ideas/comment.html", context, status=status)

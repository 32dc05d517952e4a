"""The second person's screen: read, then approve or send back; and the withdrawal by two."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from accounts.models import Person
from accounts.queries import has_role
from accounts.roles import Role
from consultations.models import Consultation
from consultations.models.approved import SecondPersonTask, words_sha256
from consultations.services import ask_withdrawal, asked_reason, confirm_withdrawal
from consultations.services.withdraw import REASONS
from foundation import clock
from foundation.errors import PortalError


class DecisionForm(forms.Form):
    """A word to the writer, needed only when it goes back."""

    comment = forms.CharField(
        label=gettext_lazy("What should change"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a consultation is withdrawn."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approves a page that waits, or sends it back with a word."""
    page, waiting, decisions = _waiting(request, page_id)
    form = DecisionForm(request.POST or None)
    act = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid() and act in decisions:
        comment = form.cleaned_data["comment"]
        if act == "reject" and not comment.strip():
            form.add_error("comment", _("Say what should change, so that the writer can mend it."))
        else:
            read = request.POST.get("read", "")
            try:
                waiting.task.specific.on_action(waiting, request.user, act, read=read, comment=comment)
            except PortalError as error:
                form.add_error(None, str(error))
                page, waiting, decisions = _waiting(request, page_id)
            else:
                done = _("Approved and released.") if act == "approve" else _("Sent back to the writer.")
                messages.success(request, done)
                return redirect("wagtailadmin_home")
    if not decisions:
        messages.error(request, _("This page does not wait for your decision."))
        return redirect("wagtailadmin_home")
    context = {
        "page": page,
        "form": form,
        "may_approve": "approve" in decisions,
        "revision": waiting.revision,
        "read": words_sha256(waiting.revision.content),
    }
    return render(request, "consultations/admin/approve.html", context)


def _waiting(request: HttpRequest, page_id: int) -> tuple[Page, Any, list[str]]:
    """The page as it is now, the step at which it waits, and what this person may decide about it."""
    page = get_object_or_404(Page, pk=page_id).specific
    waiting = page.current_workflow_task_state
    task = waiting.task.specific if waiting else None
    decisions = task.decisions(page, request.user) if isinstance(task, SecondPersonTask) else []
    return page, waiting, decisions


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks to withdraw a consultation, or confirms it as the second person."""
    row = get_object_or_404(Consultation.objects.select_related("agency"), pk=pk)
    if not isinstance(request.user, Person) or not has_role(
        request.user, row.agency_id, Role.EDITOR, Role.APPROVER
    ):
        raise PermissionDenied
    asked = asked_reason(row)
    form = ReasonForm(request.POST or None, initial={"reason": asked})
    if request.method == "POST":
        try:
            if request.POST.get("act") == "confirm":
                read = request.POST.get("read", "")
                confirm_withdrawal(row, by=request.user, read=read, now=clock.now())
                messages.success(request, _("Withdrawn. The page now shows why."))
                return redirect("wagtailadmin_home")
            if form.is_valid():
                ask_withdrawal(row, reason=form.cleaned_data["reason"], by=request.user)
                messages.success(request, _("Asked. An approver confirms it."))
                return redirect("wagtailadmin_home")
        except PortalError as error:
            form.add_error(None, str(error))
            asked = asked_reason(row)
    context = {"consultation": row, "form": form, "read": asked, "asked": REASONS.get(asked, "")}
    return render(request, "consultations/admin/withdraw.html", context)

"""Accounts and the kill switch, at the desk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.errors import PortalError
from outreach import conf, queries, services
from outreach.advice import advice
from outreach.channels import channels
from outreach.forms import AccountForm, StopForm, TokenForm
from outreach.models import ChannelAccount, KillSwitch
from outreach.permissions import can_connect, can_stop
from outreach.views.desk import for_speakers, officer, plainly
from outreach.words import channel_of


@for_speakers
def accounts(request: HttpRequest) -> HttpResponse:
    """Where my agencies speak, how each account stands, and a form to connect another."""
    agencies = queries.my_agencies(request.user)
    form = AccountForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = dict(form.cleaned_data)
        agency = facts.pop("agency")
        try:
            services.connect(agency, by=officer(request), now=clock.now(), **facts)
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            return redirect("outreach_accounts")
    found, now = queries.accounts_for(request.user), clock.now()
    rows = [
        {
            "account": account,
            "channel": channel_of(account),
            "mine": can_connect(request.user, account.agency_id),
            "advice": advice(account, now),
        }
        for account in found
        if account.channel in channels()
    ]
    context = {"form": form, "rows": rows, "token_form": TokenForm(), "now": now}
    return render(request, "outreach/admin/accounts.html", context)


@for_speakers
@require_POST
def reconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token for a standing account."""
    account, form = _mine(request, pk), TokenForm(request.POST)
    token = form.cleaned_data["token"] if form.is_valid() else ""
    plainly(
        request,
        lambda: services.reconnect(account, by=officer(request), token=token, now=clock.now()),
        _("It is connected again."),
    )
    return redirect("outreach_accounts")


@for_speakers
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the network at once whether the account works."""
    account = _mine(request, pk)
    try:
        works = services.check_now(account, by=officer(request), now=clock.now())
    except PortalError as error:
        messages.error(request, str(error))
        return redirect("outreach_accounts")
    if works:
        messages.success(request, _("It works."))
    else:
        messages.error(request, _("It does not work. What was said stands beside it, and what to do."))
    return redirect("outreach_accounts")


@for_speakers
@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an account out of use."""
    account = _mine(request, pk)
    plainly(
        request,
        lambda: services.switch_off(account, by=officer(request), now=clock.now()),
        _("It is switched off, and its token is thrown away."),
    )
    return redirect("outreach_accounts")


def switch(request: HttpRequest) -> HttpResponse:
    """What is stopped now, a form to stop, and a button to start that two people must press."""
    broadly = can_stop(request.user, None)
    mine = queries.accounts_for(request.user)
    if not broadly and not mine.exists():
        raise PermissionDenied
    form = StopForm(request.POST or None, accounts=mine, broadly=broadly)
    if request.method == "POST" and form.is_valid():
        scope, _colon, key = form.cleaned_data["what"].partition(":")
        _stop(request, channel=key if scope == "channel" else "",
              account=mine.get(pk=key) if scope == "account" else None, reason=form.cleaned_data["reason"])  # fmt: skip
        return redirect("outreach_switch")
    context = {
        "form": form,
        "stops": queries.standing_stops(),
        "file": conf.kill_switch_file().exists(),
        "me": request.user.pk,
    }
    return render(request, "outreach/admin/switch.html", context)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks to start again, or agrees to it."""
    stop = get_object_or_404(KillSwitch.objects.select_related("account"), pk=pk)
    if not can_stop(request.user, stop.account.agency_id if stop.account else None):
        raise PermissionDenied
    plainly(
        request,
        lambda: services.start(stop, by=officer(request), now=clock.now()),
        _("Noted. When two people have said so, it runs again."),
    )
    return redirect("outreach_switch")


def _stop(request: HttpRequest, *, channel: str, account: ChannelAccount | None, reason: str) -> None:
    now = clock.now()
    try:
        stop = services.stop(by=officer(request), reason=reason, now=now, channel=channel, account=account)
    except PortalError as error:
        messages.error(request, str(error))
        return
    messages.success(request, _("Stopped. Nothing within it goes out until two people start it again."))
    begun = services.under_way(stop, now=now)
    if begun:
        words = ngettext(
            "%(number)d call had begun before and cannot be called back.",
            "%(number)d calls had begun before and cannot be called back.",
            begun,
        )
        messages.warning(request, words % {"number": begun})


def _mine(request: HttpRequest, pk: int) -> ChannelAccount:
    account: ChannelAccount = get_object_or_404(queries.accounts_for(request.user), pk=pk)
    if not can_connect(request.user, account.agency_id):
        raise PermissionDenied
    return account

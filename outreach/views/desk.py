"""The press officers' desk in the admin: posts, their words and previews, approval, and what became of each."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Person
from foundation import clock
from foundation.errors import PortalError
from outreach import queries, services
from outreach.forms import PostForm, PostsForm, SubmitForm, VersionForm, WithdrawForm
from outreach.models import Delivery, Post
from outreach.permissions import can_approve_posts, can_edit, can_see_posts, can_write_posts
from outreach.words import preview_of

PAGE = 30
View = Callable[..., HttpResponseBase]


def for_speakers(view: View) -> View:
    """Only for those who write or approve posts for some agency, and for the centre."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not queries.my_agencies(request.user).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def officer(request: HttpRequest) -> Person:
    """Who acts: the admin lets nobody in who is not signed in."""
    return cast(Person, request.user)


def plainly(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Does it and says so, or says in plain words why it was refused."""
    try:
        act()
    except PortalError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


@for_speakers
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """All posts of my agencies, the newest first."""
    form, wanted = asked_for(request)
    page = Paginator(queries.posts_for(request.user, **wanted), PAGE).get_page(request.GET.get("p"))
    kept = urlencode({"q" if name == "words" else name: value for name, value in wanted.items()})
    context = {"page": page, "form": form, "kept": kept, "draft": Post.State.DRAFT}
    return render(request, "outreach/admin/posts.html", context)


def asked_for(request: HttpRequest) -> tuple[PostsForm, dict[str, str]]:
    """How the list is narrowed: the form, and what is given to `queries.posts_for`."""
    form = PostsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = {"state": asked.get("state", ""), "words": asked.get("q", "")}
    return form, {name: value for name, value in wanted.items() if value}


@for_speakers
def new(request: HttpRequest) -> HttpResponse:
    """A post of one's own, not drafted from the hall."""
    form = PostForm(request.POST or None, agencies=queries.my_agencies(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            post = services.draft(
                form.cleaned_data["agency"],
                by=officer(request),
                title=form.cleaned_data["title"],
                now=clock.now(),
            )
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            return redirect("outreach_post", post.pk)
    context = {"form": form, "title": _("A new post"), "button": _("Begin")}
    return render(request, "outreach/admin/form.html", context)


@for_speakers
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The words for each account beside what its network will show; saving shows the preview anew."""
    row = _mine(request, pk)
    versions = list(row.versions.select_related("account"))
    editable = can_edit(request.user, row)
    bound = request.POST if request.method == "POST" and editable else None
    forms = [VersionForm(bound, version=version) for version in versions]
    if bound is not None and not any(form.errors for form in forms):
        _save(request, forms)
        return redirect("outreach_post", row.pk)
    letters = queries.letters_of(row)
    context = {
        "post": row,
        "rows": list(zip(forms, [preview_of(version) for version in versions], strict=True)),
        "editable": editable,
        "submit_form": SubmitForm(),
        "withdraw_form": WithdrawForm(auto_id=False),
        "may_submit": can_write_posts(request.user, row.agency_id) and row.state == Post.State.DRAFT,
        "may_approve": can_approve_posts(request.user, row.agency_id) and row.state == Post.State.WAITING,
        "deliveries": queries.deliveries_of(row),
        "letters": letters,
        "unknown_letters": sum(each["number"] for each in letters if each["state"] == Delivery.State.UNKNOWN),
        "unknown": Delivery.State.UNKNOWN,
        "published": Delivery.State.PUBLISHED,
    }
    return render(request, "outreach/admin/post.html", context)


@for_speakers
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send for approval, take back, approve, cancel."""
    row, now, by = _mine(request, pk), clock.now(), officer(request)
    when = SubmitForm(request.POST)
    go_at = when.cleaned_data["go_at"] if when.is_valid() else None
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "submit": (
            lambda: services.submit_for_approval(row, by=by, now=now, go_at=go_at),
            _("A second person can approve it now."),
        ),
        "take-back": (lambda: services.take_back(row, by=by, now=now), _("It is a draft again.")),
        "approve": (
            lambda: services.approve(row, by=by, read=request.POST.get("read", ""), now=now),
            _("Approved. It goes out at its time."),
        ),
        "cancel": (lambda: services.cancel(row, by=by, now=now), _("Cancelled.")),
    }
    plainly(request, *acts[name])
    return redirect("outreach_post", row.pk)


@for_speakers
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two buttons under a delivery of which nobody knows."""
    delivery = _delivery(request, pk)
    plainly(
        request,
        lambda: services.settle_unknown(
            delivery,
            by=officer(request),
            verdict=request.POST.get("verdict", ""),
            now=clock.now(),
            url=request.POST.get("url", ""),
        ),
        _("Thank you. That is settled."),
    )
    return redirect("outreach_post", delivery.version.post_id)


@for_speakers
@require_POST
def settle_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two buttons under the letters of which nobody knows: for all of them at once."""
    row = _mine(request, pk)
    verdict = request.POST.get("verdict", "")
    plainly(
        request,
        lambda: services.settle_letters(row, by=officer(request), verdict=verdict, now=clock.now()),
        _("Thank you. All of them are settled."),
    )
    return redirect("outreach_post", row.pk)


@for_speakers
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a published post back from its network."""
    delivery = _delivery(request, pk)
    plainly(
        request,
        lambda: services.withdraw(
            delivery, by=officer(request), reason=request.POST.get("reason", ""), now=clock.now()
        ),
        _("It was taken back."),
    )
    return redirect("outreach_post", delivery.version.post_id)


def _mine(request: HttpRequest, pk: int) -> Post:
    row: Post = get_object_or_404(queries.posts_for(request.user), pk=pk)
    if not can_see_posts(request.user, row.agency_id):
        raise PermissionDenied
    return row


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    mine = Delivery.objects.filter(version__post__in=queries.posts_for(request.user).values("pk"))
    return get_object_or_404(mine.select_related("account", "version"), pk=pk)


def _save(request: HttpRequest, forms: list[VersionForm]) -> None:
    for form in forms:
        if not form.has_changed():
            continue
        try:
            services.edit(form.version, by=officer(request), now=clock.now(), **form.cleaned_data)
        except PortalError as error:
            messages.error(request, str(error))
            return
    messages.success(request, _("Saved."))

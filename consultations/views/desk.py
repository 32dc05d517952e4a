"""The hall's own screens in the admin: opening an agency, beginning and submitting a translation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from accounts.queries import has_role
from accounts.roles import Role
from consultations.models.approved import ApprovedPage
from consultations.permissions import can_write_pages
from consultations.services import open_agency as open_agency_service
from consultations.translations import languages_without
from foundation import clock
from foundation.errors import PortalError


class AgencyForm(forms.Form):
    """What is needed to open an agency."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Left empty, it is made of the name."),
    )
    response_days = forms.IntegerField(
        label=gettext_lazy("Answers within how many days after the close"),
        min_value=1,
        max_value=730,
        initial=60,
    )
    contact = forms.CharField(
        label=gettext_lazy("How people reach it"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "POST"])
def open_agency(request: HttpRequest) -> HttpResponse:
    """The form by which a platform administrator opens an agency."""
    if not has_role(request.user, None, Role.PLATFORM_ADMIN):
        raise PermissionDenied
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency = open_agency_service(by=request.user, now=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is open.") % {"name": agency.name})
            return redirect("wagtailadmin_home")
    return render(
        request,
        "consultations/admin/form.html",
        {"form": form, "title": _("Open an agency"), "button": _("Open it")},
    )


def _page_of_mine(request: HttpRequest, page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id).specific
    agency = page.asking_agency() if isinstance(page, ApprovedPage) else None
    if agency is None or not can_write_pages(request.user, agency):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def begin_translation(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Makes the page's draft in another language, with the words of this one to be written over."""
    page = _page_of_mine(request, page_id)
    wanted = dict(languages_without(page))
    if language not in wanted:
        messages.error(request, _("It is there in that language already."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "GET":
        title = _("Write “%(title)s” in %(language)s") % {"title": page.title, "language": wanted[language]}
        return render(request, "consultations/admin/form.html", {"title": title, "button": _("Begin")})
    draft = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=False)
    draft.save_revision(user=request.user, log_action=True)
    return redirect("wagtailadmin_pages:edit", draft.pk)


@require_http_methods(["GET", "POST"])
def submit_translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Saves a synchronised translation as a draft, if there is one, and sends the page for approval."""
    page = _page_of_mine(request, page_id)
    if request.method == "GET":
        title = _("Send “%(title)s” for approval") % {"title": page.title}
        return render(request, "consultations/admin/form.html", {"title": title, "button": _("Send")})
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).first()
    if translation is not None:
        translation.save_target(user=request.user, publish=False)
        page = _page_of_mine(request, page_id)
    if page.workflow_in_progress:
        messages.error(request, _("It waits for approval already."))
    else:
        page.get_workflow().start(page, request.user)
        messages.success(request, _("Sent. A second person reads it now."))
    return redirect("wagtailadmin_pages:edit", page.pk)

"""The hall's desk in the admin: agencies are opened here, translations begun, and what stands for good is kept."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from accounts.permissions import can_appoint
from accounts.queries import has_role
from accounts.roles import Role
from consultations.models import AgencyPage, Consultation, ConsultationPage, OutcomePage, Topic
from consultations.models.approved import ApprovedPage
from consultations.permissions import can_write_pages
from consultations.translations import languages_without
from consultations.views import approve, desk
from consultations.viewsets import TopicsKept, TopicViewSet
from foundation.desk import ShownTo

register_permission_policy(Topic, TopicsKept(Topic))


@hooks.register("register_admin_viewset")
def topics() -> TopicViewSet:
    """What consultations are about, for platform administrators."""
    return TopicViewSet()


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("agencies/open/", desk.open_agency, name="consultations_open_agency"),
        path("approvals/<int:page_id>/", approve.decide, name="consultations_approve"),
        path("withdrawals/<int:pk>/", approve.withdraw, name="consultations_withdraw"),
        path(
            "translations/<int:page_id>/<str:language>/",
            desk.begin_translation,
            name="consultations_begin_translation",
        ),
        path(
            "translations/<int:page_id>/submit",
            desk.submit_translation,
            name="consultations_submit_translation",
        ),
    ]


@hooks.register("register_admin_menu_item")
def open_agency_item() -> MenuItem:
    return ShownTo(
        _("Open an agency"),
        reverse("consultations_open_agency"),
        to=can_appoint,
        icon_name="group",
        order=250,
    )


@hooks.register("register_page_header_buttons")
def translation_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """“Write it in …” for each language in which the page is not there yet."""
    if not isinstance(page, ConsultationPage | OutcomePage):
        return
    agency = page.asking_agency()
    if agency is None or not can_write_pages(user, agency):
        return
    for code, name in languages_without(page):
        label = _("Write it in %(language)s") % {"language": name}
        yield Button(
            label,
            reverse("consultations_begin_translation", args=[page.pk, code]),
            icon_name="wagtail-localize-language",
            priority=60,
        )
    if page.alias_of_id is None and not page.workflow_in_progress and page.has_unpublished_changes:
        yield Button(
            _("Submit translation"),
            reverse("consultations_submit_translation", args=[page.pk]),
            icon_name="upload",
            priority=61,
        )


@hooks.register("register_page_header_buttons")
def decision_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """“Approve or send back” for the second person, and the way to withdraw what stands for good."""
    waiting = page.current_workflow_task_state
    if isinstance(page, ApprovedPage) and waiting and waiting.task.specific.get_actions(page, user):
        address = reverse("consultations_approve", args=[page.pk])
        yield Button(_("Approve or send back"), address, icon_name="check", priority=10)
    if isinstance(page, ConsultationPage):
        row = Consultation.objects.filter(
            translation_key=page.translation_key, withdrawn_at__isnull=True
        ).first()
        if row and has_role(user, row.agency_id, Role.EDITOR, Role.APPROVER):
            address = reverse("consultations_withdraw", args=[row.pk])
            yield Button(_("Withdraw the consultation"), address, icon_name="no-view", priority=90)


def standing_below(page: Page) -> bool:
    """Is this page, or any page below it, one to which people have been led?"""
    below = page.get_descendants(inclusive=True)
    keys = list(below.values_list("translation_key", flat=True))
    if Consultation.objects.filter(translation_key__in=keys).exists():
        return True
    return AgencyPage.objects.filter(pk__in=below.values("pk")).exists()


def _refuse(request: HttpRequest, page: Page, act: Any) -> HttpResponse:
    context = {"page": page, "act": act}
    return render(request, "consultations/admin/stands.html", context, status=409)


@hooks.register("before_delete_page")
def keep_from_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, page, _("deleted")) if standing_below(page) else None


@hooks.register("before_move_page")
def keep_in_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _refuse(request, page, _("moved")) if standing_below(page) else None


@hooks.register("before_unpublish_page")
def keep_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    stands = isinstance(page.specific, ApprovedPage) and page.specific.stands_for_good()
    return _refuse(request, page, _("unpublished")) if stands else None


@hooks.register("before_bulk_action")
def keep_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    acts = {
        "delete": _("deleted"),
        "move": _("moved"),
        "unpublish": _("unpublished"),
        "publish": _("published in bulk"),
    }
    if action_type not in acts:
        return None
    for page in objects:
        if not isinstance(page, Page):
            continue
        approved = isinstance(page.specific, ApprovedPage)
        if standing_below(page) or (approved and action_type == "publish"):
            return _refuse(request, page, acts[action_type])
    return None

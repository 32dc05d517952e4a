"""The roof's own desk: what browsers refused to load; and of what Wagtail brings, only what somebody needs."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.queries import has_role
from accounts.roles import Role
from foundation.desk import ShownTo
from portal import views


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("blocked-content/", views.blocked_desk, name="portal_blocked")]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return ShownTo(
        _("Blocked content"),
        reverse("portal_blocked"),
        to=lambda person: has_role(person, None, Role.PLATFORM_ADMIN),
        icon_name="warning",
        order=900,
    )


@hooks.register("construct_reports_menu")
def reports_of_pages(request: HttpRequest, items: list[MenuItem]) -> None:
    """wagtail-localize shows its report to all who may open the admin."""
    if not has_pages(request):
        items[:] = [item for item in items if item.name != "translations"]


@hooks.register("construct_help_menu")
def help_that_helps(request: HttpRequest, items: list[MenuItem]) -> None:
    """What changed in Wagtail is for who mends the machine, how to write pages for who writes them."""
    keeps = {"whats-new": request.user.is_superuser, "editor-guide": has_pages(request)}
    items[:] = [
        item for item in items if all(kept for sign, kept in keeps.items() if item.name.startswith(sign))
    ]


def has_pages(request: HttpRequest) -> bool:
    """Are there pages that this person may change?"""
    return policy_registry.get_by_type(Page).explorable_root_instance(request.user) is not None

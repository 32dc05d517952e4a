"""The roof's own desk: what browsers refused to load."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

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

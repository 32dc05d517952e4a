"""What the ground puts into the admin: the list of what waits for whoever signed in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import admin_menu
from wagtail.admin.ui.components import Component

from foundation import clock
from foundation.desk import waiting_for, ways


class WaitsForYou(Component):
    """The first panel of the home page: what waits for this person, with a link to each.

    Wagtail's menu is drawn by a script; where none runs, its links stand here.
    """

    name = "waits_for_you"
    template_name = "foundation/admin/waits.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {"lines": waiting_for(request.user, clock.now()), "ways": list(ways(admin_menu, request))}


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("foundation/desk.css"))


@hooks.register("construct_homepage_panels")
def panels(request: HttpRequest, found: list[Any]) -> None:
    found.append(WaitsForYou())

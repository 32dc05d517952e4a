"""The press officers' desk in the admin."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from foundation.desk import ShownTo
from outreach import queries
from outreach.permissions import can_stop
from outreach.views import bulk, desk, desk_accounts


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    acts = ("submit", "take-back", "approve", "cancel")
    return [
        path("posts/", desk.posts, name="outreach_posts"),
        path("posts/posts.csv", bulk.export, name="outreach_export"),
        path("posts/bulk/", bulk.bulk, name="outreach_bulk"),
        path("posts/new/", desk.new, name="outreach_new_post"),
        path("posts/<int:pk>/", desk.post, name="outreach_post"),
        *[path(f"posts/<int:pk>/{act}/", desk.act, {"name": act}, name=f"outreach_{act}") for act in acts],
        path("posts/<int:pk>/letters/settle/", desk.settle_letters, name="outreach_settle_letters"),
        path("posts/deliveries/<int:pk>/settle/", desk.settle, name="outreach_settle"),
        path("posts/deliveries/<int:pk>/withdraw/", desk.withdraw, name="outreach_withdraw"),
        path("posts/accounts/", desk_accounts.accounts, name="outreach_accounts"),
        path("posts/accounts/<int:pk>/reconnect/", desk_accounts.reconnect, name="outreach_reconnect"),
        path("posts/accounts/<int:pk>/check/", desk_accounts.check, name="outreach_check"),
        path("posts/accounts/<int:pk>/off/", desk_accounts.switch_off, name="outreach_switch_off"),
        path("posts/switch/", desk_accounts.switch, name="outreach_switch"),
        path("posts/switch/<int:pk>/start/", desk_accounts.start, name="outreach_start"),
    ]


def speaks(person: Any) -> bool:
    """Does this person write or approve posts for some agency?"""
    return queries.my_agencies(person).exists()


def stops(person: Any) -> bool:
    """May this person stop something?"""
    return can_stop(person, None) or queries.accounts_for(person).exists()


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("outreach/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    items = [
        ShownTo(_("Posts"), reverse("outreach_posts"), to=speaks, icon_name="mail", order=10),
        ShownTo(_("Accounts"), reverse("outreach_accounts"), to=speaks, icon_name="link", order=20),
        ShownTo(_("Stop and start"), reverse("outreach_switch"), to=stops, icon_name="warning", order=30),
    ]
    return SubmenuMenuItem(_("Telling people"), Menu(items=items), icon_name="mail", order=320)

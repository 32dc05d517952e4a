"""The press officers' desk in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from outreach import queries
from outreach.permissions import can_stop
from outreach.views import desk, desk_accounts


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    acts = ("submit", "take-back", "approve", "cancel")
    return [
        path("posts/", desk.posts, name="outreach_posts"),
        path("posts/new/", desk.new, name="outreach_new_post"),
        path("posts/<int:pk>/", desk.post, name="outreach_post"),
        *[path(f"posts/<int:pk>/{act}/", desk.act, {"name": act}, name=f"outreach_{act}") for act in acts],
        path("posts/deliveries/<int:pk>/settle/", desk.settle, name="outreach_settle"),
        path("posts/deliveries/<int:pk>/withdraw/", desk.withdraw, name="outreach_withdraw"),
        path("posts/accounts/", desk_accounts.accounts, name="outreach_accounts"),
        path("posts/accounts/<int:pk>/reconnect/", desk_accounts.reconnect, name="outreach_reconnect"),
        path("posts/accounts/<int:pk>/off/", desk_accounts.switch_off, name="outreach_switch_off"),
        path("posts/switch/", desk_accounts.switch, name="outreach_switch"),
        path("posts/switch/<int:pk>/start/", desk_accounts.start, name="outreach_start"),
    ]


class ForSpeakers(MenuItem):
    """Shown to those who write or approve posts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return queries.my_agencies(request.user).exists()


class ForStoppers(MenuItem):
    """Shown to those who may stop something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_stop(request.user, None) or queries.my_agencies(request.user).exists()


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    items = [
        ForSpeakers(_("Posts"), reverse("outreach_posts"), icon_name="mail", order=10),
        ForSpeakers(_("Accounts"), reverse("outreach_accounts"), icon_name="link", order=20),
        ForStoppers(_("Stop and start"), reverse("outreach_switch"), icon_name="warning", order=30),
    ]
    return SubmenuMenuItem(_("Telling people"), Menu(items=items), icon_name="mail", order=320)

"""The moderators' desk in the admin: for moderators, and to be looked at by the ombuds."""

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from foundation.desk import ShownTo
from moderation.permissions import has_desk
from moderation.views import desk


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("moderation/", desk.desk, name="moderation_desk"),
        path("moderation/<int:pk>/", desk.case, name="moderation_case"),
        path("moderation/<int:pk>/claim/", desk.claim, name="moderation_claim"),
        path("moderation/<int:pk>/release/", desk.release, name="moderation_release"),
        path("moderation/<int:pk>/decide/", desk.decide, name="moderation_decide"),
        path("moderation/<int:pk>/reopen/", desk.reopen, name="moderation_reopen"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ShownTo(_("Moderate"), reverse("moderation_desk"), to=has_desk, icon_name="comment", order=310)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/desk.css"))

"""The desk of letters in the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from foundation.desk import ShownTo
from notifications.permissions import can_tend_letters
from notifications.views import desk


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("letters/", desk.index, name="notifications_desk"),
        path("letters/<int:pk>/", desk.decide, name="notifications_decide"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ShownTo(
        _("Letters"), reverse("notifications_desk"), to=can_tend_letters, icon_name="mail", order=600
    )

"""The desks in the admin: moderators', the ombuds moderator's, the clerks', and that of whoever is on duty."""

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from foundation.desk import ShownTo
from moderation.permissions import has_desk, has_paper, has_watch, is_ombuds
from moderation.views import bulk, danger, desk, ombuds, paper


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("moderation/", desk.desk, name="moderation_desk"),
        path("moderation/cases.csv", bulk.export, name="moderation_export"),
        path("moderation/bulk/", bulk.bulk, name="moderation_bulk"),
        path("moderation/<int:pk>/", desk.case, name="moderation_case"),
        path("moderation/<int:pk>/claim/", desk.claim, name="moderation_claim"),
        path("moderation/<int:pk>/release/", desk.release, name="moderation_release"),
        path("moderation/<int:pk>/decide/", desk.decide, name="moderation_decide"),
        path("moderation/<int:pk>/reopen/", desk.reopen, name="moderation_reopen"),
        path("moderation/<int:pk>/danger/", desk.danger, name="moderation_danger"),
        path("moderation/alarms/", danger.alarms, name="moderation_alarms"),
        path("moderation/alarms/<int:pk>/", danger.alarm, name="moderation_alarm"),
        path("moderation/alarms/<int:pk>/end/", danger.end, name="moderation_end_alarm"),
        path("moderation/paper/", paper.paper, name="moderation_paper"),
        path("moderation/appeals/", ombuds.appeals, name="moderation_appeals"),
        path("moderation/appeals/<int:pk>/", ombuds.appeal, name="moderation_appeal"),
        path("moderation/appeals/<int:pk>/decide/", ombuds.decide, name="moderation_decide_appeal"),
    ]


@hooks.register("register_admin_menu_item")
def cases() -> MenuItem:
    return ShownTo(_("Moderate"), reverse("moderation_desk"), to=has_desk, icon_name="comment", order=310)


@hooks.register("register_admin_menu_item")
def appeals() -> MenuItem:
    return ShownTo(_("Appeals"), reverse("moderation_appeals"), to=is_ombuds, icon_name="redirect", order=311)


@hooks.register("register_admin_menu_item")
def on_paper() -> MenuItem:
    return ShownTo(
        _("Appeal on paper"), reverse("moderation_paper"), to=has_paper, icon_name="mail", order=313
    )


@hooks.register("register_admin_menu_item")
def alarms() -> MenuItem:
    return ShownTo(
        _("Danger to life"), reverse("moderation_alarms"), to=has_watch, icon_name="warning", order=312
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/desk.css"))

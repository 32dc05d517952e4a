"""The analyst's desk in the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from analysis.queries import has_desk
from analysis.views import desk, read_backs
from foundation.desk import ShownTo


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("analysis/", desk.index, name="analysis_index"),
        path("analysis/ask/<int:pk>/", desk.ask, name="analysis_ask"),
        path("analysis/run/<uuid:key>/", desk.run, name="analysis_run"),
        path("analysis/run/<uuid:key>/unread/", desk.unread, name="analysis_unread"),
        path("analysis/run/<uuid:key>/voice/<uuid:contribution>/", desk.voice, name="analysis_voice"),
        path("analysis/run/<uuid:key>/draft/", desk.draft, name="analysis_draft"),
        path("analysis/theme/<uuid:key>/", desk.theme, name="analysis_theme"),
        path("analysis/read-backs/", read_backs.index, name="analysis_read_backs"),
        path("analysis/read-backs/<uuid:key>/", read_backs.one, name="analysis_read_back"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ShownTo(_("Understand"), reverse("analysis_index"), to=has_desk, icon_name="search", order=330)

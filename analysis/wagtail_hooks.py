"""The analyst's desk in the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from analysis import views
from analysis.queries import has_desk
from foundation.desk import ShownTo


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("analysis/", views.index, name="analysis_index"),
        path("analysis/ask/<int:pk>/", views.ask, name="analysis_ask"),
        path("analysis/run/<uuid:key>/", views.run, name="analysis_run"),
        path("analysis/run/<uuid:key>/unread/", views.unread, name="analysis_unread"),
        path("analysis/run/<uuid:key>/voice/<uuid:contribution>/", views.voice, name="analysis_voice"),
        path("analysis/run/<uuid:key>/draft/", views.draft, name="analysis_draft"),
        path("analysis/theme/<uuid:key>/", views.theme, name="analysis_theme"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ShownTo(_("Understand"), reverse("analysis_index"), to=has_desk, icon_name="search", order=330)

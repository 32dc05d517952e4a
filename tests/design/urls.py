"""Addresses for tests of the look alone: the living page, the desk's name, and every path as an error page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.defaults import page_not_found

urlpatterns = [
    path(
        "admin/", page_not_found, {"exception": None}, name="wagtailadmin_home"
    ),  # middleware asks where it is
    *i18n_patterns(path("design/", include("design.urls"))),
]
handler404 = "portal.views.not_found"
handler500 = "portal.views.broken"

"""Addresses for tests of the look alone: the living page, and every path as an error page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("design/", include("design.urls")))
handler404 = "portal.views.not_found"
handler500 = "portal.views.broken"

"""Addresses below /reading/. The analysts' desk is in the admin (`wagtail_hooks`)."""

from django.urls import path

from analysis.views import read_back

app_name = "analysis"
urlpatterns = [path("<str:code>/<uuid:key>/", read_back.read_back, name="read_back")]

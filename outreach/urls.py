"""Addresses that are the same in every language: feeds, and the links in letters. Mounted at /outreach/."""

from django.urls import path

from outreach.views import feeds, letters

app_name = "outreach"
urlpatterns = [
    path("feed.atom", feeds.everything, name="feed"),
    path("<slug:slug>/feed.atom", feeds.of_agency, name="agency_feed"),
    path("confirm/<str:code>/", letters.confirm, name="confirm"),
    path("leave/<str:code>/", letters.leave, name="leave"),
]

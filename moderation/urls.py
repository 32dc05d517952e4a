"""Addresses below /moderation/. The moderators' desk is in the admin (`wagtail_hooks`)."""

from django.urls import path

from moderation.views import appeal, figures, flag, policy

app_name = "moderation"
urlpatterns = [
    path("", policy.policy, name="policy"),
    path("figures/", figures.figures, name="figures"),
    path("figures.csv", figures.figures_csv, name="figures_csv"),
    path("flag/<uuid:key>/", flag.flag, name="flag"),
    path("appeal/<str:code>/<uuid:key>/", appeal.appeal, name="appeal"),
]
